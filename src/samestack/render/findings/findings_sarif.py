"""What a check found as SARIF 2.1.0, which code reviews show beside the line that it is about."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final
from urllib.parse import quote

from msgspec import Struct

from samestack import __version__
from samestack.check.declarations import Place
from samestack.check.finding import Finding, Severity
from samestack.check.report import Report, Suppressed
from samestack.check.rule import Rule
from samestack.codec import encode
from samestack.render.findings.findings_words import title
from samestack.render.findings.rule_pages import page_of
from samestack.render.printable import printable
from samestack.sha256 import sha256_hex

SARIF_VERSION: Final = "2.1.0"
"""The version that is written."""

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_FINGERPRINT: Final = "samestackFinding/v1"
_EVIDENCE_SHOWN: Final = 20
_LEVELS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
    Severity.UNKNOWN: "none",
}

Locate = Callable[[Report, Finding], Place]
"""Where a review is to show a finding."""


class _Told(Struct, frozen=True):
    """A finding, as far as its suppression decides nothing."""

    report: Report
    finding: Finding
    suppressed: Suppressed | None = None


def encode_sarif(reports: Sequence[Report], rules: Iterable[Rule], locate: Locate) -> bytes:
    """One run with the findings of all environments, as indented JSON.

    ``rules`` are all that may be named; those that were asked stand in the document.
    """
    told = [one for report in reports for one in _told(report)]
    named = {rule for report in reports for rule in report.rules} | {one.finding.rule for one in told}
    asked = [rule for rule in rules if rule.id in named]
    indexes = {rule.id: index for index, rule in enumerate(asked)}
    run = {
        "tool": {"driver": _driver(asked)},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The directory that samestack ran in."}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": list(_results(told, indexes, locate)),
    }
    return encode({"$schema": _SCHEMA, "version": SARIF_VERSION, "runs": [run]})


def _told(report: Report) -> Iterator[_Told]:
    yield from (_Told(report, finding) for finding in report.findings)
    yield from (_Told(report, one.finding, one) for one in report.suppressed)


def _driver(rules: Sequence[Rule]) -> dict[str, Any]:
    return {"name": "samestack", "semanticVersion": __version__, "rules": [_rule(rule) for rule in rules]}


def _rule(rule: Rule) -> dict[str, Any]:
    page = page_of(rule.id) or rule.summary
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.layer]},
    }


def _results(told: Iterable[_Told], indexes: dict[str, int], locate: Locate) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for one in told:
        place = locate(one.report, one.finding)
        identity = "\n".join((one.finding.rule, one.finding.subject, one.finding.at, place.path))
        seen[identity] += 1
        yield _result(one, indexes, place, sha256_hex(f"{identity}\n{seen[identity]}".encode()))


def _result(told: _Told, indexes: dict[str, int], place: Place, fingerprint: str) -> dict[str, Any]:
    finding = told.finding
    is_open = finding.severity is Severity.UNKNOWN
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": indexes[finding.rule],
        # The standard has a word for what could not be decided, and demands that it has no level.
        "kind": "open" if is_open else "fail",
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [_location(place, finding, "variable" if told.report.scope else "package")],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
        "properties": {"environment": printable(told.report.origin.reference), "layer": finding.layer},
    }
    if finding.place and finding.place != place.path:
        result["relatedLocations"] = [{"id": 1, "physicalLocation": _physical(Place(finding.place))}]
    # A tool that suppresses anything says of every result whether it is.
    result["suppressions"] = [_suppression(told.suppressed)] if told.suppressed else []
    return result


def _suppression(suppressed: Suppressed) -> dict[str, Any]:
    words = f"{suppressed.reason} (until {suppressed.until})"
    return {"kind": "external", "status": "accepted", "justification": printable(words)}


def _message(finding: Finding) -> str:
    """Everything that is known, in plain text: reviews show no more than this."""
    evidence = [f"- {line}" for line in finding.evidence[:_EVIDENCE_SHOWN]]
    if len(finding.evidence) > _EVIDENCE_SHOWN:
        evidence.append(f"- and {len(finding.evidence) - _EVIDENCE_SHOWN} more")
    name = title(finding)
    message = finding.message if finding.message.startswith(name) else f"{name}: {finding.message}"
    lines = (f"{message}.", *evidence, finding.remedy, finding.command)
    return "\n".join(_literal(line) for line in lines if line)


def _literal(text: str) -> str:
    """Text in which nothing is a link, as ``[words](address)`` is even in a plain message."""
    return printable(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _location(place: Place, finding: Finding, kind: str) -> dict[str, Any]:
    logical = {"name": printable(finding.subject), "fullyQualifiedName": printable(title(finding))}
    return {"physicalLocation": _physical(place), "logicalLocations": [{**logical, "kind": kind}]}


def _physical(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(place.path)}
    if place.line:
        physical["region"] = {"startLine": place.line}
    return physical


def _artifact(path: str) -> dict[str, Any]:
    """Below the working directory as a relative address, which reviews need; else as an absolute one."""
    absolute = os.path.abspath(path)  # noqa: PTH100 - a link is not followed
    relative = os.path.relpath(absolute)
    if f"{relative}/".startswith("../"):
        return {"uri": f"file://{quote(absolute)}"}
    return {"uri": quote(relative), "uriBaseId": _ROOT}
