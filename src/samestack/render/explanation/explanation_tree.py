"""An explanation on a terminal: conflict by conflict who asks for what, then the ways out as edits."""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from samestack.render.explanation.explanation_text import (
    Told,
    can_be_applied,
    chosen_text,
    day_text,
    edit_lines,
    incomplete_text,
    place_of,
    refusal_of,
    shareable,
    verdict_of,
)
from samestack.render.explanation.wish_chains import offers_of, wish_chains
from samestack.render.terminal_style import HEADING_STYLE, QUIET_STYLE, plain, print_item, print_text
from samestack.solve.explanation import Conflict, Demand, Explanation, Relaxation
from samestack.solve.problem import Wish

_INDENT: Final = 2
_BRANCH, _END, _STEM, _NOTHING = "├─ ", "└─ ", "│  ", "   "
_SIGN_STYLES: Final = {"-": "red", "+": "green"}


def print_explanation(told: Told, console: Console) -> None:
    """Print the verdict, the conflicts as trees, and the ways out."""
    told = shareable(told)
    explanation = told.explanation
    print_text(plain(verdict_of(explanation), HEADING_STYLE), console)
    for note in _notes(told):
        print_item("-", plain(note, QUIET_STYLE), console)
    if explanation.is_met:
        _print_solution(explanation, console)
    for number, conflict in enumerate(explanation.conflicts, start=1):
        _print_conflict(number, conflict, console)
    if not explanation.is_met:
        _print_relaxations(told, console)


def _notes(told: Told) -> Iterator[str]:
    yield from told.notes
    explanation = told.explanation
    if day := day_text(explanation):
        yield day
    if incomplete := incomplete_text(explanation):
        yield incomplete


def _print_solution(explanation: Explanation, console: Console) -> None:
    console.print()
    chosen = chosen_text(explanation.solution, explanation.problem.wishes)
    print_text(plain(f"chosen: {chosen}"), console, indent=_INDENT)


def _print_conflict(number: int, conflict: Conflict, console: Console) -> None:
    console.print()
    heading = Text.assemble(
        (f"conflict {number}", HEADING_STYLE), "  ", plain(conflict.contested, "bold red"), "  "
    )
    heading.append_text(plain(f"{refusal_of(conflict)} ({conflict.layer})", QUIET_STYLE))
    print_text(heading, console)
    print_text(plain(conflict.sentence), console, indent=_INDENT)
    for guide, text in conflict_lines(conflict):
        _print_branch(guide, text, console)
    if not any(any(one.chains) for one in wish_chains(conflict)):  # then the solver's own words tell more
        for line in conflict.said.splitlines():
            print_text(plain(line, QUIET_STYLE), console, indent=2 * _INDENT)


def conflict_lines(conflict: Conflict) -> Iterator[tuple[str, Text]]:
    """The lines of the tree, each after its guide: a branch for every wish, the demands below each other."""
    offers = offers_of(conflict)
    wishes = wish_chains(conflict)
    for index, one in enumerate(wishes, start=1):
        is_last = index == len(wishes) and not offers
        line = plain(one.wish.text, HEADING_STYLE)
        line.append_text(plain(f"  {place_of(one.wish)}", QUIET_STYLE))
        yield _END if is_last else _BRANCH, line
        yield from _chain_lines(_NOTHING if is_last else _STEM, [chain for chain in one.chains if chain])
    for index, offer in enumerate(offers, start=1):
        line = plain(offer.asker)
        line.append_text(plain(f" has {offer.wanted}", QUIET_STYLE))
        yield _END if index == len(offers) else _BRANCH, line


def _chain_lines(stem: str, chains: Sequence[Sequence[Demand]]) -> Iterator[tuple[str, Text]]:
    for index, chain in enumerate(chains, start=1):
        is_last = index == len(chains)
        for depth, demand in enumerate(chain):
            before = "" if depth == 0 else (_NOTHING if is_last else _STEM) + _NOTHING * (depth - 1)
            yield f"{stem}{before}{_END if depth or is_last else _BRANCH}", _demand_line(demand)


def _demand_line(demand: Demand) -> Text:
    line = plain(demand.asker)
    line.append_text(plain(" asks for ", QUIET_STYLE))
    line.append_text(plain(demand.wanted, "bold"))
    return line


def _print_branch(guide: str, text: Text, console: Console) -> None:
    """Print a line of a tree; where it is folded, its further lines stand under its first."""
    width = max(console.width - _INDENT - len(guide), 1)
    below = guide.replace("├─", "│ ").replace("└─", "  ")
    for index, part in enumerate(text.wrap(console, width, overflow="fold")):
        line = Text(" " * _INDENT + (below if index else guide), style=QUIET_STYLE)
        line.append_text(part)
        line.rstrip()
        console.print(line, no_wrap=True, crop=False)


def _print_relaxations(told: Told, console: Console) -> None:
    console.print()
    relaxations = told.explanation.relaxations
    if not relaxations:
        print_text(plain("No way out was found by changing the requirements alone."), console)
        return
    heading = Text.assemble(
        ("ways out", HEADING_STYLE), "  ", ("each was solved; the smallest change first", QUIET_STYLE)
    )
    console.print(heading)
    for number, relaxation in enumerate(relaxations, start=1):
        _print_relaxation(number, relaxation, told.explanation.problem.wishes, console)
    if told.command and can_be_applied(relaxations[0]):
        console.print()
        print_text(plain(f"make the first one: {told.command} --apply 1", QUIET_STYLE), console)


def _print_relaxation(number: int, relaxation: Relaxation, wishes: Sequence[Wish], console: Console) -> None:
    console.print()
    below = _INDENT + len(f"{number}  ")
    for index, edit in enumerate(relaxation.edits):
        place = Text(f"{'' if index else number}".ljust(below - _INDENT), style=HEADING_STYLE)
        place.append_text(plain(place_of(edit.wish), QUIET_STYLE))
        print_text(place, console, indent=_INDENT)
        for sign, text in edit_lines(edit):
            print_text(plain(f"{sign} {text}", _SIGN_STYLES[sign]), console, indent=below)
        if edit.kept:
            print_text(plain(edit.kept, QUIET_STYLE), console, indent=below)
    chosen = chosen_text(relaxation.solution, wishes)
    if chosen:
        print_text(plain(f"chosen: {chosen}", QUIET_STYLE), console, indent=below)
