"""Parity on a terminal: a line for each environment, then what is wrong, what is allowed, what differs."""

from typing import Final

from rich.console import Console

from samestack.check.finding import Finding, Severity
from samestack.parity.report import ParityReport, Verdict
from samestack.render.configuration.columns import print_rows
from samestack.render.parity.parity_words import HEADINGS, allowed_words, answer, cells, scope, title
from samestack.render.terminal_style import HEADING_STYLE, QUIET_STYLE, plain, print_text

_STYLES: Final = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.UNKNOWN: "bold magenta",
    Severity.NOTE: "bold blue",
}
_VERDICTS: Final = {Verdict.HOLDS: "green", Verdict.FAILS: "bold red", Verdict.UNKNOWN: "bold magenta"}
_MOST_EVIDENCE: Final = 20
_MOST_ALLOWED: Final = 20


def print_parity(report: ParityReport, console: Console) -> None:
    """Print all of it, the answer last: that is what stands above the prompt."""
    rows = [
        (plain(first, HEADING_STYLE), plain(second, _VERDICTS[state.standing]), *map(plain, rest))
        for state in report.states
        for first, second, *rest in [cells(state)]
    ]
    print_rows(HEADINGS, rows, console)
    for finding in report.findings:
        _print_finding(finding, console)
    _print_settings(report, console)
    _print_allowed(report, console)
    console.print()
    print_text(plain(scope(report), QUIET_STYLE), console)
    print_text(plain(answer(report), _VERDICTS[report.standing]), console)


def _print_finding(finding: Finding, console: Console) -> None:
    console.print()
    head = plain(f"{finding.severity}", _STYLES[finding.severity])
    head.append_text(plain(f"  {title(finding)}", HEADING_STYLE))
    head.append_text(plain(f"  {finding.rule}", QUIET_STYLE))
    print_text(head, console)
    print_text(plain(finding.message), console, indent=2)
    for line in finding.evidence[:_MOST_EVIDENCE]:
        print_text(plain(line, QUIET_STYLE), console, indent=4)
    if len(finding.evidence) > _MOST_EVIDENCE:
        more = len(finding.evidence) - _MOST_EVIDENCE
        print_text(plain(f"and {more} more, which --format json tells", QUIET_STYLE), console, indent=4)
    if finding.remedy:
        print_text(plain(f"remedy: {finding.remedy}"), console, indent=2)
    if finding.command:
        print_text(plain(finding.command), console, indent=4)


def _print_allowed(report: ParityReport, console: Console) -> None:
    told = list(allowed_words(report))
    for message, until, reason in told[:_MOST_ALLOWED]:
        console.print()
        print_text(plain(f"allowed until {until}: {message}", QUIET_STYLE), console)
        print_text(plain(reason, QUIET_STYLE), console, indent=2)
    if len(told) > _MOST_ALLOWED:
        console.print()
        more = f"and {len(told) - _MOST_ALLOWED} more are allowed, which --format json tells"
        print_text(plain(more, QUIET_STYLE), console)


def _print_settings(report: ParityReport, console: Console) -> None:
    if not report.settings:
        return
    names = tuple(report.settings[0].values)
    console.print()
    print_text(plain("configuration that differs", HEADING_STYLE), console)
    rows = [
        (plain(one.name), *(plain(one.values.get(name, "")) for name in names)) for one in report.settings
    ]
    print_rows(("variable", *names), rows, console)
