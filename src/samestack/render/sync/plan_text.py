"""A sync or its plan for people: what changes, package by package, and the sum of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from samestack.envs.syncing.plan import Action, action_of
from samestack.envs.syncing.survey import Survey
from samestack.model import Component
from samestack.model.change import Change
from samestack.render.printable import printable

if TYPE_CHECKING:
    from rich.console import Console

_DONE: Final = {
    Action.INSTALL: "installed",
    Action.UPGRADE: "upgraded",
    Action.DOWNGRADE: "downgraded",
    Action.REPLACE: "replaced",
    Action.REMOVE: "removed",
}
_TO_DO: Final = {
    Action.INSTALL: "to install",
    Action.UPGRADE: "to upgrade",
    Action.DOWNGRADE: "to downgrade",
    Action.REPLACE: "to replace",
    Action.REMOVE: "to remove",
}
_STYLES: Final = {
    Action.INSTALL: "green",
    Action.UPGRADE: "cyan",
    Action.DOWNGRADE: "yellow",
    Action.REPLACE: "cyan",
    Action.REMOVE: "red",
}
_ACTION_WIDTH: Final = max(len(action) for action in Action)

Line = tuple[tuple[str, str], ...]
"""Pieces of text, each with its style."""


def plan_text(found: Survey, *, is_done: bool) -> str:
    """The plan as plain text; what draws on terminals takes longer to load than a small sync to run."""
    return "".join(f"{_joined(line)}\n" for line in _lines(found, is_done=is_done))


def print_plan(found: Survey, console: "Console", *, is_done: bool) -> None:
    """Print the plan in colours; lines are not broken."""
    from rich.text import Text

    for line in _lines(found, is_done=is_done):
        console.print(Text.assemble(*line), soft_wrap=True)


def _lines(found: Survey, *, is_done: bool) -> Iterator[Line]:
    """Every change, then the verdict. Of a new environment that was made, the verdict alone."""
    plan = found.plan
    if plan.anew and not plan.is_new:
        word = "made anew" if is_done else "to be made anew"
        yield ((printable(f"{word}: {plan.anew}"), ""),)
    if plan.changes and not (is_done and plan.is_new):
        yield from _changes(plan.changes)
    yield ((printable(_verdict(found, is_done=is_done)), "bold"),)


def _verdict(found: Survey, *, is_done: bool) -> str:
    plan = found.plan
    if plan.is_empty:
        return found.words
    if is_done:
        return f"{found.words}; {_sum(found, _DONE)}"
    subject = f"{found.shown_place} is not there yet" if plan.is_new else f"{found.shown_place} has drifted"
    return f"{subject}: {_sum(found, _TO_DO)}"


def _sum(found: Survey, words: Mapping[Action, str]) -> str:
    plan = found.plan
    parts = [f"{number} {words[action]}" for action, number in plan.counts.items()]
    if plan.project:
        parts.append(f"{plan.project} itself {words[Action.INSTALL]}, editable")
    return ", ".join(parts) or "its packages stay the same"


def _changes(changes: Sequence[Change]) -> Iterator[Line]:
    names = max(len(printable(one.name)) for one in changes)
    for change in changes:
        action = action_of(change)
        yield (
            (f"  {action:{_ACTION_WIDTH}}  ", _STYLES[action]),
            (f"{printable(change.name):{names}}  ", ""),
            (printable(_versions(change)), "dim"),
        )


def _versions(change: Change) -> str:
    sides = (_said(one) for one in (change.before, change.after) if one is not None)
    return " -> ".join(filter(None, sides))


def _said(component: Component) -> str:
    parts = (component.version, component.build, component.source)
    return " ".join(part for part in parts if part)


def _joined(line: Line) -> str:
    return "".join(text for text, _ in line).rstrip()
