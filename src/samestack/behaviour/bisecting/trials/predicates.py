"""What the outcome of a trial says of its environment: good, bad, or nothing."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.trials.outcome import Ending, Outcome, signal_name

_SKIP: Final = 125
"""As ``git bisect run`` has it: this one cannot be tested."""
_ABOVE_ANSWERS: Final = 128
"""From here on a status is no answer: a shell adds the number of the signal that ended its program."""


class Reason(StrEnum):
    """Why a trial is unresolved."""

    BUILD = "build"
    """The environment could not be made."""
    CRASH = "crash"
    """The program did not come to its end: it was ended by an error of its own."""
    SIGNAL = "signal"
    """Somebody ended it from outside."""
    TIME = "time"
    MEMORY = "memory"
    OUTPUT = "output"
    """It wrote more than is kept."""
    LOST = "lost"
    """The machines that were at it were lost."""
    SKIP = "skip"
    """It said itself that it cannot tell (status 125)."""


class Told(Struct, frozen=True):
    """What a trial says."""

    answer: Answer
    reason: Reason | None = None
    """Where it is unresolved."""
    detail: str = ""
    """How it ended, in words: ``ended with status 1``."""


class Symptom(Struct, frozen=True):
    """How the bad environment ends where it does not end by itself: what ends alike is bad, too."""

    ending: Ending
    signal: str = ""
    status: int = 0
    """A status above those that are an answer."""


Predicate = Callable[[Outcome], Told]
"""Pure, so that the same trials can be judged again: by another field, or after an interruption."""

_FAULTS: Final = frozenset({"SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP", "SIGSYS"})
_REASONS: Final[Mapping[Ending, Reason]] = {
    Ending.BUILD: Reason.BUILD,
    Ending.TIME: Reason.TIME,
    Ending.MEMORY: Reason.MEMORY,
    Ending.OUTPUT: Reason.OUTPUT,
    Ending.LOST: Reason.LOST,
}


class ByExitStatus(Struct, frozen=True):
    """Reads the exit status as ``git bisect run`` does: 0 good, 125 not to be told, up to 127 bad.

    What was ended by a signal or a limit is unresolved, unless the bad environment itself ends like that.
    """

    symptom: Symptom | None = None

    def __call__(self, outcome: Outcome) -> Told:
        """What the exit status says."""
        return _unanswered(outcome, self.symptom) or _by_status(outcome)


class ByOutput(Struct, frozen=True):
    """Asks a judge of what the program left; one that failed has given no answer.

    Unless the bad environment itself ends like that: then the symptom is what is looked for.
    """

    judge: Callable[[Outcome], bool]
    """Whether output and files are as they are in the good environment."""
    symptom: Symptom | None = None

    def __call__(self, outcome: Outcome) -> Told:
        """What the judge says."""
        told = _unanswered(outcome, self.symptom)
        if told is not None:
            return told
        if outcome.status:
            return Told(Answer.UNRESOLVED, Reason.CRASH, ended(outcome))
        return Told(Answer.GOOD if self.judge(outcome) else Answer.BAD)


def symptom_of(outcome: Outcome) -> Symptom | None:
    """What to look for where the bad environment ended like this; ``None`` where its answer tells.

    An environment that cannot be made is no symptom: nothing was run in it.
    """
    signal = signal_of(outcome)
    if signal:
        return Symptom(Ending.SIGNAL, signal)
    if outcome.ending is Ending.EXIT:
        return Symptom(Ending.EXIT, status=outcome.status) if outcome.status >= _ABOVE_ANSWERS else None
    return None if outcome.ending in {Ending.BUILD, Ending.LOST} else Symptom(outcome.ending)


def signal_of(outcome: Outcome) -> str:
    """The signal that ended the program, or one of a shell's: ``SIGSEGV``; empty where none did."""
    if outcome.ending is Ending.EXIT and outcome.status > _ABOVE_ANSWERS:
        return signal_name(outcome.status - _ABOVE_ANSWERS)
    return outcome.signal if outcome.ending is Ending.SIGNAL else ""


def ended(outcome: Outcome) -> str:
    """How it ended, in words."""
    signal = signal_of(outcome)
    if signal:
        return f"ended by {signal}"
    return f"ended with status {outcome.status}" if outcome.ending is Ending.EXIT else _WORDS[outcome.ending]


_WORDS: Final[Mapping[Ending, str]] = {
    Ending.TIME: "took too long",
    Ending.MEMORY: "took too much memory",
    Ending.OUTPUT: "wrote too much",
    Ending.BUILD: "could not be built",
    Ending.LOST: "took its machines with it",
}


def _unanswered(outcome: Outcome, symptom: Symptom | None) -> Told | None:
    """What a trial says that did not come to its end; ``None`` where it did."""
    if symptom is not None and symptom_of(outcome) == symptom:
        return Told(Answer.BAD, None, ended(outcome))
    signal = signal_of(outcome)
    if signal:
        reason = Reason.CRASH if signal in _FAULTS else Reason.SIGNAL
        return Told(Answer.UNRESOLVED, reason, ended(outcome))
    if outcome.ending is not Ending.EXIT:
        return Told(Answer.UNRESOLVED, _REASONS[outcome.ending], ended(outcome))
    if outcome.status >= _ABOVE_ANSWERS:
        return Told(Answer.UNRESOLVED, Reason.CRASH, ended(outcome))
    return None


def _by_status(outcome: Outcome) -> Told:
    if outcome.status == 0:
        return Told(Answer.GOOD)
    if outcome.status == _SKIP:
        return Told(Answer.UNRESOLVED, Reason.SKIP, ended(outcome))
    return Told(Answer.BAD, None, ended(outcome))
