"""A bisection for people: what is to blame, what shows it, what mends it, and why each trial was made."""

from collections.abc import Iterator
from typing import Final

from rich.console import Console

from samestack.behaviour.bisecting.bisection import Bisection
from samestack.behaviour.bisecting.lattice.trial import Answer, Step
from samestack.behaviour.bisecting.lattice.verdict import Culprit, Verdict
from samestack.behaviour.bisecting.lattice.wording import listed
from samestack.behaviour.bisecting.proving import Proof
from samestack.behaviour.bisecting.within import Within
from samestack.model.change import Change
from samestack.render.plain_page import Page

_STYLES: Final = {Answer.GOOD: "green", Answer.BAD: "red", Answer.UNRESOLVED: "magenta"}
_WIDEST: Final = max(map(len, Answer))
_INDENT: Final = 2


def print_bisection(bisection: Bisection, console: Console) -> None:
    """Print it, as wide as the console is."""
    has_styles = console.is_terminal and not console.no_color
    console.file.write(bisection_text(bisection, width=console.width, has_styles=has_styles))


def bisection_text(bisection: Bisection, *, width: int, has_styles: bool = False) -> str:
    """The bisection as text."""
    page = Page(width, has_styles=has_styles)
    if bisection.verdict is None:
        _trouble(bisection, page)
    else:
        _verdict(bisection, bisection.verdict, page)
    for note in _notes(bisection):
        page.text(note, indent=_INDENT, mark="-", mark_style="blue")
    page.text(_costs(bisection), "dim")
    return str(page)


def change_text(change: Change) -> str:
    """``pillow 8.4.0 → 9.0.1``, ``six 1.16.0 came``, ``six 1.16.0 went``."""
    if change.before is None:
        return f"{change.component.label} came"
    if change.after is None:
        return f"{change.component.label} went"
    after = change.after.version or change.after.source or "another"
    return f"{change.before.label} → {after}"


def _trouble(bisection: Bisection, page: Page) -> None:
    page.text(f"Nothing to look for: {bisection.baseline.trouble}.", "red")
    for line in bisection.baseline.messages.splitlines()[-8:]:
        page.text(line, "dim", indent=_INDENT)


def _verdict(bisection: Bisection, verdict: Verdict, page: Page) -> None:
    page.text(_headline(bisection, verdict), "bold" if bisection.is_proven else "red")
    within = {one.package: one for one in bisection.within}
    for culprit in verdict.culprits:
        for line, style in _culprit(culprit, bisection, within):
            page.text(line, style, indent=_INDENT)
    _pins(bisection, page)
    _proofs(bisection.proofs, page)
    _factors(bisection, page)
    _steps(verdict.steps, page)


def _headline(bisection: Bisection, verdict: Verdict) -> str:
    of = f"{len(bisection.changes)} changes"
    if not verdict.culprits:
        return f"Not found: none of {of} could be shown to make it bad."
    names = listed([name for one in verdict.culprits for name in one.pivots])
    if bisection.is_proven:
        return f"Found and proved: of {of}, {names} {_makes(verdict)} it bad."
    return f"Found, but not proven: of {of}, {names} {_makes(verdict)} it bad."


def _makes(verdict: Verdict) -> str:
    if len(verdict.culprits) > 1:
        return "make"
    return "makes" if len(verdict.culprits[0].pivots) == 1 else "together make"


def _culprit(culprit: Culprit, bisection: Bisection, within: dict[str, Within]) -> Iterator[tuple[str, str]]:
    for name in culprit.pivots:
        yield change_text(bisection.changes[name]), "bold"
        if name in within:
            yield f"  {_inside(within[name])}", ""
    if culprit.companions:
        companions = [change_text(bisection.changes[name]) for name in culprit.companions]
        yield f"  which needs {', '.join(companions)}", ""


def _inside(within: Within) -> str:
    between = f", {', '.join(within.untold)} between them gave no answer" if within.untold else ""
    return f"good up to {within.last_good}, bad from {within.first_bad}{between}"


def _pins(bisection: Bisection, page: Page) -> None:
    if not bisection.pins:
        return
    page.gap()
    page.text("What mends it (--apply writes it):")
    for pin in bisection.pins:
        page.words(("+", "green"), (pin.requirement, "bold"), indent=_INDENT)
        page.text(pin.reason, indent=2 * _INDENT + 1)


def _proofs(proofs: tuple[Proof, ...], page: Page) -> None:
    if not proofs:
        return
    page.gap()
    page.text("Proved in fresh environments:" if all(one.holds for one in proofs) else "Tried to prove:")
    for one in proofs:
        wrong = "" if one.holds else f"; {one.claim.expected} was expected"
        detail = f" ({one.detail})" if one.detail else ""
        _answered(one.answer, f"{one.claim.said}{detail}{wrong}", page)


def _factors(bisection: Bisection, page: Page) -> None:
    if not bisection.factors:
        return
    page.gap()
    page.text("The machine: is the bad environment good")
    for one in bisection.factors:
        _answered(one.answer, f"{one.factor.name}?", page)


def _steps(steps: tuple[Step, ...], page: Page) -> None:
    if not steps:
        return
    page.gap()
    page.text("Each environment that was tried, why, and what it taught:")
    width = len(str(len(steps)))
    for number, step in enumerate(steps, start=1):
        page.words(
            (str(number).rjust(width), "dim"),
            (step.answer.ljust(_WIDEST), _STYLES[step.answer]),
            (step.why, ""),
            indent=_INDENT,
        )
        page.text(step.learned, "dim", indent=_INDENT + width + _WIDEST + 4)


def _answered(answer: Answer, said: str, page: Page) -> None:
    page.words((answer.ljust(_WIDEST), _STYLES[answer]), (said, ""), indent=_INDENT)


def _notes(bisection: Bisection) -> Iterator[str]:
    yield from bisection.notes
    for one in bisection.factors:
        if one.answer is Answer.GOOD:
            yield f"the bad environment is good {one.factor.name}: what is to blame acts by that"
    verdict = bisection.verdict
    if verdict is None:
        return
    yield from verdict.notes
    for name, needs in verdict.learned.items():
        yield f"{name} needs {listed(sorted(needs))}, though it does not declare that"
    if verdict.culprits and verdict.confidence < 1:
        yield f"runs mislead now and then; the verdict holds with a confidence of {verdict.confidence:.3f}"


def _costs(bisection: Bisection) -> str:
    costs = bisection.costs
    known = f", {costs.remembered} of them known from before" if costs.remembered else ""
    return f"{costs.runs} runs with Python {bisection.python} in {costs.seconds:.0f} s{known}"
