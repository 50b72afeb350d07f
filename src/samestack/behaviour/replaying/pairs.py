"""The values of one field, before and after, for every input."""

from collections.abc import Iterator

from msgspec import Struct

from samestack.behaviour.recording.recording import Recording, Value
from samestack.behaviour.replaying.replayed import FieldReport, Replayed


class ValuePair(Struct, frozen=True, kw_only=True, eq=False):
    """The answers to one input."""

    input: str
    before: Value
    after: Value
    differs: bool


def pairs_of(field: FieldReport, replayed: Replayed) -> Iterator[ValuePair]:
    """Those that differ as they were judged; else those of the first runs that have the field."""
    judged = {one.input: one for one in field.differences}
    for name in replayed.inputs:
        found = judged.get(name)
        if found is not None:
            yield ValuePair(input=name, before=found.before, after=found.after, differs=True)
        else:
            before, after = (_first(side, name, field.name) for side in (replayed.before, replayed.after))
            yield ValuePair(input=name, before=before, after=after, differs=False)


def _first(recording: Recording, name: str, field: str) -> Value:
    answers = (run.outputs.get(name, {}) for run in recording.runs)
    return next((answer[field] for answer in answers if field in answer), None)
