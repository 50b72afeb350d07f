"""A trial: one run of one hybrid, why it is made, and what was learned of it."""

from enum import StrEnum

from msgspec import Struct


class Answer(StrEnum):
    """How a hybrid answers."""

    GOOD = "good"
    BAD = "bad"
    UNRESOLVED = "unresolved"
    """It gave no answer: it could not be built, crashed, or took too much time or memory."""


class Trial(Struct, frozen=True):
    """One run that is asked for."""

    upgraded: tuple[str, ...]
    """The names of the changes that are upgraded, sorted; the others are as in the good environment."""
    number: int
    """Which run of this hybrid it is, from 0: what is remembered of one run is no answer to another."""
    why: str
    """What it is made for, in words."""


class Step(Struct, frozen=True):
    """A hybrid whose answer counts, once it was run often enough."""

    upgraded: tuple[str, ...]
    why: str
    answer: Answer
    learned: str
    """What follows, in words."""
