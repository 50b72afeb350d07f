"""A verification for people: the verdict, what has to be constrained and why, and what was built for it."""

from typing import Final

from rich.console import Console

from samestack.check.finding import Finding
from samestack.render.plain_page import Page
from samestack.verify.verification import Trial, Verdict, Verification

_STYLES: Final = {Verdict.GOOD: "green", Verdict.BAD: "red", Verdict.UNRESOLVED: "magenta"}
_INDENT: Final = 2
_MOST_NAMED: Final = 4


def print_verification(verification: Verification, console: Console) -> None:
    """Print it, as wide as the console is."""
    has_styles = console.is_terminal and not console.no_color
    console.file.write(verification_text(verification, width=console.width, has_styles=has_styles))


def verification_text(verification: Verification, *, width: int, has_styles: bool = False) -> str:
    """The verification as text."""
    page = Page(width, has_styles=has_styles)
    page.text(_verdict(verification), "bold" if verification.is_whole else "red")
    for constraint in verification.constraints:
        page.words(("+", "green"), (constraint.requirement, "bold"), indent=_INDENT)
        page.text(constraint.reason, indent=2 * _INDENT + 1)
    _trials(verification.trials, page)
    for finding in verification.findings:
        _finding(finding, page)
    for note in verification.notes:
        page.text(note, indent=_INDENT, mark="-", mark_style="blue")
    return str(page)


def _verdict(verification: Verification) -> str:
    builds = _counted(len(verification.trials), "build")
    where = f"on {verification.platform}, Python {verification.python}"
    added = _counted(len(verification.constraints), "constraint")
    if not verification.is_whole:
        mended = f", and {added} would mend a part of it" if verification.constraints else ""
        return f"Not verified: what is locked does not work {where}, after {builds}{mended}."
    if verification.constraints:
        return f"Verified {where}, with {added} more, after {builds}."
    return f"Verified {where}: everything imports, after {builds}."


def _trials(trials: tuple[Trial, ...], page: Page) -> None:
    numbers = len(str(len(trials)))
    words = max((len(one.verdict) for one in trials), default=0)
    for one in trials:
        page.words(
            (str(one.number).rjust(numbers), "dim"),
            (one.verdict.ljust(words), _STYLES[one.verdict]),
            (one.why, ""),
            (_came_of(one), "dim"),
            indent=_INDENT,
        )


def _came_of(trial: Trial) -> str:
    changed = f"{trial.changed} of {trial.packages} packages changed" if trial.changed else ""
    failing = trial.failing
    more = f" and {len(failing) - _MOST_NAMED} more" if len(failing) > _MOST_NAMED else ""
    failed = f"{', '.join(failing[:_MOST_NAMED])}{more} failed" if failing else ""
    return "; ".join(filter(None, (changed, failed, trial.trouble)))


def _finding(finding: Finding, page: Page) -> None:
    page.words(("error", "red"), (finding.subject, "bold"), (finding.rule, "dim"), indent=_INDENT)
    page.text(finding.message, indent=2 * _INDENT)
    for line in finding.evidence:
        page.text(line, "dim", indent=2 * _INDENT, mark="-")
    if finding.remedy:
        page.text(finding.remedy, indent=2 * _INDENT, mark="→")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
