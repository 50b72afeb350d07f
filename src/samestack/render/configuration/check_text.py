"""What a check of configuration found, for people: everything, and a line for each profile in the end."""

from collections.abc import Sequence

from msgspec import structs

from samestack.check.finding import Finding
from samestack.check.report import Report
from samestack.render.findings.findings_text import findings_text
from samestack.render.findings.findings_words import verdict
from samestack.render.plain_page import Page


def check_text(reports: Sequence[Report], *, width: int, has_styles: bool = False) -> str:
    """Every finding with its place, then ``production: 12 variables from 5 sources, 2 errors`` for each."""
    reports = [*map(_without_repetitions, reports)]
    told = findings_text(reports, width=width, has_styles=has_styles, full=True, each="profile")
    if len(reports) == 1 and not reports[0].findings:
        return told  # it is that line already
    page = Page(width, has_styles=has_styles)
    page.gap()
    for report in reports:
        style = "bold" if report.findings else "green"
        page.text(f"{report.origin.reference}: {report.scope}, {verdict((report,))}", style)
    return f"{told}\n{page}"


def _without_repetitions(report: Report) -> Report:
    return structs.replace(report, findings=tuple(map(_without_repetition, report.findings)))


def _without_repetition(finding: Finding) -> Finding:
    """The finding without a place that is what it is about: a source stands in itself."""
    message = finding.message.removeprefix(f"{finding.subject}: ")
    return structs.replace(
        finding, message=message, place="" if finding.place == finding.subject else finding.place
    )
