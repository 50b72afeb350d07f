"""What the runs of a recording have of one input: whether each ended as it should, and what it answered."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from samestack.behaviour.recording.recording import EVERYTHING, Answer, Outcome, Recording

ENDING: Final = "[how it ended]"
"""Stands for a field. No path of an answer looks like it: a key with brackets is written in quotes."""

_WELL: Final = Outcome()


class Execution(Struct, frozen=True, kw_only=True, eq=False):
    """One run of one input."""

    answer: Answer
    """Empty where it ended in a way that leaves an answer unfinished."""
    outcome: Outcome
    seconds: float | None = None

    @property
    def ending(self) -> str:
        """How it ended, in words that are the same for what ended alike."""
        return ending_of(self.outcome)


Executions = Mapping[str, Sequence[Execution]]
"""The runs of each input; every input has as many."""


def executions_of(recording: Recording) -> dict[str, tuple[Execution, ...]]:
    """For each input that was run, one execution a run."""
    names = dict.fromkeys(name for run in recording.runs for name in (*run.outputs, *run.outcomes))
    return {
        name: tuple(
            _execution(run.outputs.get(name, {}), run.outcomes.get(name, _WELL), run.seconds.get(name))
            for run in recording.runs
        )
        for name in names
    }


def ending_of(outcome: Outcome) -> str:
    """How a program ended: its status, its signal, or what it was ended for."""
    if outcome.is_late:
        return "out of time"
    if outcome.is_too_much:
        return "printed too much"
    if outcome.signal:
        return f"died of {outcome.signal}"
    if outcome.status:
        return f"status {outcome.status}"
    return "unreadable" if outcome.trouble else "well"


def input_words(name: str) -> str:
    """An input as people read it: a program that is run once for all has one without a name."""
    return "all inputs" if name == EVERYTHING else name


def _execution(answer: Answer, outcome: Outcome, seconds: float | None) -> Execution:
    is_finished = not (outcome.is_late or outcome.is_too_much or outcome.signal or outcome.trouble)
    return Execution(answer=answer if is_finished else {}, outcome=outcome, seconds=seconds)
