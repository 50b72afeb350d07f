"""What a check found, for people: the gravest first, each with how that is known and what mends it."""

from collections.abc import Iterable, Sequence
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.check.report import Report
from samestack.check.rule import Rule
from samestack.render.findings.findings_words import asked, host_name, named, title, verdict
from samestack.render.plain_page import Page

_STYLES: Final = {
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.UNKNOWN: "magenta",
    Severity.NOTE: "blue",
}
_GRAVE: Final = (Severity.ERROR, Severity.WARNING)
_WORD: Final = max(map(len, Severity))
_INDENT: Final = _WORD + 2
_EVIDENCE_SHOWN: Final = 6


def findings_text(
    reports: Sequence[Report],
    *,
    width: int,
    has_styles: bool = False,
    full: bool = False,
    each: str = "environment",
) -> str:
    """The reports as text. Without ``full``, what is not grave is told in one line each.

    ``each`` is what a report is about.
    """
    page = Page(width, has_styles=has_styles)
    for report in reports:
        page.gap()
        _report(report, page, full=full)
    if len(reports) > 1:
        page.gap()
        failed = sum(not report.has_passed for report in reports)
        page.text(f"{len(reports)} {each}s: {verdict(reports)} found; {failed} failed", "bold")
    return str(page)


def rules_text(rules: Iterable[Rule], *, width: int, has_styles: bool = False) -> str:
    """Every rule with the gravest that it finds."""
    page = Page(width, has_styles=has_styles)
    for rule in rules:
        page.words(
            (rule.severity.ljust(_WORD), _STYLES[rule.severity]), (rule.id, "bold"), (rule.layer, "dim")
        )
        page.text(rule.summary, indent=_INDENT)
    return str(page)


def _report(report: Report, page: Page, *, full: bool) -> None:
    host = host_name(report)
    name = f"{named(report.origin)}, to run on {host}" if host else named(report.origin)
    style = "bold" if report.findings else "green"
    page.text(f"{name}: {verdict((report,))} found; {asked(report)}", style)
    for finding in report.findings:
        if full or finding.severity in _GRAVE:
            _whole(finding, page, full=full)
    _brief([one for one in report.findings if not full and one.severity not in _GRAVE], page)
    if full:
        _suppressed(report, page)


def _whole(finding: Finding, page: Page, *, full: bool) -> None:
    page.gap()
    page.words(
        (finding.severity.ljust(_WORD), _STYLES[finding.severity]),
        (title(finding), "bold"),
        (finding.rule, "dim"),
    )
    page.text(finding.message, indent=_INDENT)
    shown = finding.evidence if full else finding.evidence[:_EVIDENCE_SHOWN]
    for line in shown:
        page.text(line, "dim", indent=_INDENT, mark="-")
    if len(finding.evidence) > len(shown):
        page.text(f"and {len(finding.evidence) - len(shown)} more (--full)", "dim", indent=_INDENT, mark="-")
    if finding.remedy:
        page.text(finding.remedy, indent=_INDENT, mark="→")
    if finding.command:
        page.verbatim(finding.command, indent=_INDENT + 2)
    if full:
        for line in (finding.place, *finding.sources):
            page.text(line, "dim", indent=_INDENT)


def _brief(findings: Sequence[Finding], page: Page) -> None:
    if findings:
        page.gap()
    for finding in findings:
        line = f"{title(finding)}: {finding.message} ({finding.rule})"
        page.text(line, mark=finding.severity.ljust(_WORD + 1), mark_style=_STYLES[finding.severity])


def _suppressed(report: Report, page: Page) -> None:
    for one in report.suppressed:
        page.gap()
        page.words(("suppressed", "dim"), (title(one.finding), "bold"), (one.finding.rule, "dim"))
        page.text(one.finding.message, "dim", indent=_INDENT)
        page.text(f"until {one.until}: {one.reason}", "dim", indent=_INDENT, mark="-")
