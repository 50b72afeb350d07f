"""What was seen, as the findings of a report: never the secret, always its place and a remedy."""

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack import __version__
from samestack.check.finding import Finding, Severity
from samestack.check.report import FailOn, Report, Suppressed
from samestack.config.scanning.baseline import Accepted, Baseline
from samestack.config.scanning.scan import Scan
from samestack.config.scanning.sighting import Sighting
from samestack.model import Layer, Origin, Standing

RULE: Final = "hard-coded-secret"
_ALWAYS: Final = "it is taken out of there"
_REMEDY: Final = (
    "take it out, give it a new value where it is valid, and read it from the configuration; "
    "if it is no secret, end the line with the comment 'samestack: not-a-secret REASON'"
)
_COMMITTED: Final = (
    "give it a new value where it is valid: what was committed is known to all who have the repository"
)
_SHIPPED: Final = (
    "give it a new value where it is valid, and build the image without it: a layer above cannot remove it"
)


class Scanned(Struct, frozen=True, kw_only=True):
    """A report, and where each finding of it stands."""

    report: Report
    lines: Mapping[int, int]
    """The line of the file, by the ``id`` of the finding; 0 where it is no line of a file."""


def scan_report(scan: Scan, *, reference: str, baseline: Baseline, file: Path, fail_on: FailOn) -> Scanned:
    """The report on a scan; ``file`` is where the baseline stands, or would."""
    findings: list[Finding] = []
    suppressed: list[Suppressed] = []
    lines: dict[int, int] = {}
    today = dt.datetime.now(dt.UTC).date().isoformat()
    for one in scan.sightings:
        entry = baseline.entry_of(one, path_from(file.parent, one))
        finding = _finding(one, _objection(entry, file, today))
        lines[id(finding)] = one.line if one.text.is_file and not one.text.part else 0
        if entry is not None and not _objection(entry, file, today):
            until = entry.until or _ALWAYS
            suppressed.append(Suppressed(finding=finding, reason=entry.reason, until=until))
        else:
            findings.append(finding)
    origin = _origin(reference)
    report = Report(
        origin=origin,
        digest="",
        host=origin,
        packages=0,
        scope=_scope(scan, len(suppressed), file),
        rules=(RULE,),
        findings=tuple(findings),
        suppressed=tuple(suppressed),
        settings=str(file) if suppressed else "",
        fail_on=fail_on,
    )
    return Scanned(report=report, lines=lines)


def path_from(root: Path, sighting: Sighting) -> str:
    """A file's path as a baseline has it: from its own directory, whatever place it was named from."""
    if not sighting.text.is_file and sighting.text.part.startswith(("commit", "layer", "configuration")):
        return sighting.path
    return Path(os.path.relpath(sighting.path, root)).as_posix()


def _finding(sighting: Sighting, objection: str) -> Finding:
    name = f", in {sighting.name}" if sighting.name and sighting.name not in sighting.kind else ""
    return Finding(
        rule=RULE,
        severity=Severity.ERROR,
        layer=Layer.CONFIGURATION,
        subject=sighting.path,
        at=sighting.place,
        message=f"{sighting.kind} is written there{name}",
        evidence=(objection,) if objection else (),
        remedy=_remedy(sighting),
        place=sighting.path,
        sources=(sighting.source,) if sighting.source else (),
    )


def _scope(scan: Scan, excused: int, file: Path) -> str:
    return f"{scan.scope}, {excused} known and left alone ({file.name})" if excused else scan.scope


def _remedy(sighting: Sighting) -> str:
    if sighting.text.part.startswith("commit"):
        return _COMMITTED
    return _SHIPPED if sighting.text.part.startswith(("layer", "configuration")) else _REMEDY


def _objection(entry: Accepted | None, file: Path, today: str) -> str:
    """Why an entry does not suffice; empty where it does, or where there is none."""
    if entry is None:
        return ""
    if not entry.reason.strip():
        return f"{file.name} has it without a reason: write one there"
    return f"{file.name} left it alone until {entry.until}" if entry.until and entry.until < today else ""


def _origin(reference: str) -> Origin:
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    return Origin(
        reference=reference,
        kind="secrets",
        standing=Standing.OBSERVED,
        captured_at=now.isoformat().replace("+00:00", "Z"),
        captured_by=f"samestack {__version__}",
        complete=(Layer.CONFIGURATION,),
        deep=True,
    )
