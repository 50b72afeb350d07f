"""A profile's configuration as a check reports it, so that every form of a report serves it, too."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from msgspec import structs

from samestack import __version__
from samestack.check.finding import Finding
from samestack.check.report import FailOn, Report, gravest_first
from samestack.config.locating import Location, located
from samestack.config.rank import Rank
from samestack.config.resolution import Resolution
from samestack.config.rules import RULES
from samestack.model import Origin, Standing

_OF_SCANS: Final = "hard-coded-secret"


def report_of(
    resolution: Resolution, *, fail_on: FailOn = FailOn.ERROR, presence_only: bool = False
) -> Report:
    """What is wrong with a profile, about which ``scope`` says how much was looked at."""
    origin = Origin(
        reference=resolution.profile,
        kind="configuration",
        standing=Standing.DECIDED,
        captured_at=dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        captured_by=f"samestack {__version__}",
    )
    return Report(
        origin=origin,
        digest="",
        host=origin,
        packages=0,
        scope=scope_of(resolution, presence_only=presence_only),
        rules=tuple(rule for rule in RULES if rule != _OF_SCANS),
        findings=gravest_first(resolution.findings),
        fail_on=fail_on,
    )


def scope_of(resolution: Resolution, *, presence_only: bool = False) -> str:
    """``12 variables from 5 sources``; the defaults of the schema are one of them."""
    answered = sum(state.variables > 0 for state in resolution.sources)
    has_defaults = any(value.origin.rank is Rank.DEFAULT for value in resolution.values)
    words = " from ".join(
        (
            _how_many(len(resolution.values), "variable"),
            _how_many(answered + has_defaults, "source"),
        )
    )
    return f"{words}; only asked what is there, values of stores were not read" if presence_only else words


def location_of(finding: Finding, resolution: Resolution) -> Location | None:
    """The file and line that a finding is about; ``None`` where it is about no file of this machine."""
    for source in _sources(finding.place, resolution):
        place = finding.place.removeprefix(source).removeprefix(", ")
        if found := located(source, place, resolution.project):
            return found
    return None


def with_places_told(report: Report) -> Report:
    """The report with each place among the evidence, for forms that show nothing else of it."""
    return structs.replace(report, findings=tuple(map(_told, report.findings)))


def _told(finding: Finding) -> Finding:
    if not finding.place or finding.place == finding.subject:
        return structs.replace(finding, place="")
    return structs.replace(finding, place="", evidence=(f"in {finding.place}", *finding.evidence))


def _sources(place: str, resolution: Resolution) -> Iterator[str]:
    """The sources that a place may be in, the longest first: a place begins with its source."""
    shown = {state.shown for state in resolution.sources} | {resolution.schema.source}
    yield from sorted((one for one in shown if one and place.startswith(one)), key=len, reverse=True)


def _how_many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
