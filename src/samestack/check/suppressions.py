"""Findings that a project knows of and leaves alone, with a reason and a last day."""

from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from samestack.check.finding import Finding, Severity
from samestack.check.own_rules import SUPPRESSION
from samestack.check.report import Report, Suppressed, gravest_first
from samestack.model import Layer, normalized_python_name


class Suppression(Struct, frozen=True, kw_only=True):
    """Which finding is left alone, why and until when."""

    rule: str
    subject: str
    reason: str
    until: str
    """The last day, ISO 8601; such days are in the order of their texts."""

    def is_about(self, finding: Finding) -> bool:
        """Whether it means this finding; a package's name may be written in any of its forms."""
        return self.rule == finding.rule and _same(self.subject, finding.subject)


def suppressed(
    reports: Sequence[Report], suppressions: Sequence[Suppression], file: str, today: str
) -> tuple[Report, ...]:
    """The reports without what is suppressed in ``file``, the first one with what is odd in that file.

    What has expired suppresses nothing. Several environments share a project's settings, so a suppression is
    needless only where none of them has such a finding, and the rule was asked of one that was read deeply.
    """
    valid = [one for one in suppressions if one.until >= today]
    odd = [_expired(one, file) for one in suppressions if one.until < today]
    odd += [_needless(one, file) for one in valid if _is_needless(one, reports)]
    told = [_without(report, valid, file) for report in reports]
    if told and odd:
        told[0] = structs.replace(told[0], findings=gravest_first((*told[0].findings, *odd)))
    return tuple(told)


def _without(report: Report, suppressions: Iterable[Suppression], file: str) -> Report:
    kept: list[Finding] = []
    left_alone: list[Suppressed] = []
    for finding in report.findings:
        said = next((one for one in suppressions if one.is_about(finding)), None)
        if said is None:
            kept.append(finding)
        else:
            left_alone.append(Suppressed(finding=finding, reason=said.reason, until=said.until))
    return structs.replace(
        report, findings=tuple(kept), suppressed=(*report.suppressed, *left_alone), settings=file
    )


def _is_needless(suppression: Suppression, reports: Iterable[Report]) -> bool:
    is_asked = any(one.origin.deep and suppression.rule in one.rules for one in reports)
    found = (finding for report in reports for finding in report.findings)
    return is_asked and not any(map(suppression.is_about, found))


def _same(one: str, other: str) -> bool:
    return one == other or normalized_python_name(one) == normalized_python_name(other)


def _expired(suppression: Suppression, file: str) -> Finding:
    return _finding(
        suppression,
        file,
        Severity.WARNING,
        f"the suppression of {suppression.rule} for {suppression.subject} ended on {suppression.until}",
        f"mend what it suppressed, then take it out of {file}; or give it a later day",
    )


def _needless(suppression: Suppression, file: str) -> Finding:
    return _finding(
        suppression,
        file,
        Severity.NOTE,
        f"{suppression.rule} finds nothing about {suppression.subject} that could be suppressed",
        f"take it out of {file}",
    )


def _finding(suppression: Suppression, file: str, severity: Severity, message: str, remedy: str) -> Finding:
    return Finding(
        rule=SUPPRESSION.id,
        severity=severity,
        layer=Layer.CONFIGURATION,
        subject=suppression.subject,
        message=message,
        evidence=(f"until {suppression.until}, the reason given: {suppression.reason}",),
        remedy=remedy,
        place=file,
    )
