"""An explanation in words: what each form of it says alike."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct, to_builtins

from samestack.capture.addresses import without_credentials
from samestack.solve.explanation import Conflict, Edit, Explanation, Relaxation
from samestack.solve.problem import Wish

_NAME = re.compile(r"(?:.*::)?([A-Za-z0-9][A-Za-z0-9._-]*)")
_LAYERS: Final = {
    "packages": "no version suits all",
    "python": "this Python is refused",
    "os": "the operating system is refused",
    "accelerator": "the accelerator is refused",
    "kernel": "the kernel is refused",
    "hardware": "the processor is refused",
    "index": "not in the index",
}
_SHOWN_PINS: Final = 8


class Told(Struct, frozen=True, kw_only=True):
    """An explanation with what was decided before it was sought."""

    explanation: Explanation
    notes: tuple[str, ...] = ()
    """Sentences: which Python was taken, what was left out."""
    command: str = ""
    """The command line without ``--apply``, to be repeated with it; empty where nothing can be applied."""


def shareable(told: Told) -> Told:
    """The same without credentials in any of its texts."""
    import msgspec

    return msgspec.convert(_cleaned(to_builtins(told)), Told)


def verdict_of(explanation: Explanation) -> str:
    """The whole answer in a sentence."""
    wishes = [one for one in explanation.problem.wishes if not one.is_fixed]
    what = "This requirement" if len(wishes) == 1 else f"These {len(wishes)} requirements"
    if explanation.is_met:
        return f"{what} can be met{'' if len(wishes) == 1 else ' together'}."
    together = "" if len(wishes) == 1 else " together"
    conflicts, ways = len(explanation.conflicts), len(explanation.relaxations)
    found = f"{counted(conflicts, 'conflict')}, {counted(ways, 'way')} out"
    return f"{what} cannot be met{together}: {found}."


def counted(number: int, word: str) -> str:
    """``no conflict``, ``1 conflict``, ``2 conflicts``."""
    return f"{number or 'no'} {word}{'s' if number > 1 else ''}"


def place_of(wish: Wish) -> str:
    """Where a wish stands: its file and line, or what else it comes from."""
    if wish.is_fixed:
        return "installed already"
    if not wish.file:
        return "the command line"
    return f"{wish.file}:{wish.line}" if wish.line else f"{wish.file}, {wish.place}"


def refusal_of(conflict: Conflict) -> str:
    """What the layer that refuses means, in words."""
    return _LAYERS.get(conflict.layer, f"refused by {conflict.layer}")


def edit_lines(edit: Edit) -> tuple[tuple[str, str], ...]:
    """The wish before and after, each with its sign."""
    after = (("+", edit.replacement),) if edit.replacement else ()
    return (("-", edit.wish.text), *after)


def chosen_text(pins: Sequence[str], wishes: Sequence[Wish]) -> str:
    """The pins of what was asked for, and how many others there are."""
    names = {_normalized(wish.text) for wish in wishes}
    asked = [pin for pin in pins if _normalized(pin) in names]
    shown = (asked or list(pins))[:_SHOWN_PINS]
    more = len(pins) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def can_be_applied(relaxation: Relaxation) -> bool:
    """Whether every edit is of a wish that stands in a file."""
    return all(edit.wish.file and not edit.wish.is_fixed for edit in relaxation.edits)


def day_text(explanation: Explanation) -> str:
    """The day that was solved as of, and why; empty where nobody asked for one."""
    reason = explanation.as_of_reason
    if explanation.as_of is None:
        return f"Solved as of today: {reason}" if reason else ""
    return f"Solved as of {explanation.as_of}" + (f": {reason}" if reason else "")


def incomplete_text(explanation: Explanation) -> str:
    """What to know of an answer that the limit on solves cut short; empty for a whole one."""
    if explanation.is_complete:
        return ""
    asked = counted(explanation.solves, "solve")
    return f"There may be more conflicts: the search ended after {asked} (allow more with --max-solves)."


def _normalized(text: str) -> str:
    match = _NAME.match(text)
    return re.sub(r"[-_.]+", "-", match[1]).lower() if match else text


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return without_credentials(value)
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, list | tuple) else value
