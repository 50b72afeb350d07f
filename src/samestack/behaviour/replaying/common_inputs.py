"""The inputs that two recordings of one program have in common: of the same name and the same content."""

from collections.abc import Iterable

from samestack.behaviour.recording.recording import EVERYTHING, Input, Recording
from samestack.behaviour.replaying.executions import executions_of
from samestack.errors import RequestError

_SHOWN = 3


def common_inputs(before: Recording, after: Recording) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Their names, in the order of ``before``, and what to say of the others in a sentence each.

    :class:`RequestError` where there are none: then nothing can be compared.
    """
    asked, asked_again = executions_of(before), executions_of(after)
    other = differing(before.inputs, after.inputs)
    names = tuple(name for name in asked if name in asked_again and name not in other)
    if not names:
        hint = "record and replay over the same files"
        raise RequestError("the two recordings have no input in common", hint=hint)
    notes = []
    if before.program != after.program:
        notes.append("the two recordings are not of the same command: differences may come from that")
    if other:
        is_run_once = EVERYTHING in names
        consequence = "the answers may differ for that" if is_run_once else "not compared"
        notes.append(f"{_listed(other)}: the same name, another content; {consequence}")
    for side, mine, others in (("first", asked, asked_again), ("second", asked_again, asked)):
        if alone := [name for name in mine if name not in others]:
            notes.append(f"{_listed(alone)}: only in the {side} recording; not compared")
    return names, tuple(notes)


def differing(before: Iterable[Input], after: Iterable[Input]) -> list[str]:
    """The names that stand for other content in the two."""
    known = {one.name: one.sha256 for one in before}
    return [one.name for one in after if one.name in known and known[one.name] != one.sha256]


def _listed(names: list[str]) -> str:
    shown = ", ".join(name or "the run over all inputs" for name in names[:_SHOWN])
    return shown + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
