"""Answers that count: each trial is run as often as the flakes that were seen demand."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from samestack.behaviour.bisecting.laboratory import Laboratory
from samestack.behaviour.bisecting.lattice.flakes import Flakes, Tally, decided
from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.trials.description import TrialDescription

_MOST_RUNS: Final = 60


class Certainty(Struct, frozen=True, kw_only=True):
    """How often a run misleads, and the doubt that may be left of an answer."""

    flakes: Flakes = Flakes()
    error: float = 0.01


class Settled(Struct, frozen=True, kw_only=True):
    """How an environment answers."""

    answer: Answer
    detail: str = ""
    """How its last run ended."""
    runs: int = 1


def settled(
    laboratory: Laboratory, trials: Sequence[TrialDescription], certainty: Certainty, why: str
) -> list[Settled]:
    """The answer of each; unresolved where it wavers for too long."""
    tallies, details = [Tally() for _ in trials], [""] * len(trials)
    while open_ones := [place for place, tally in enumerate(tallies) if _is_open(tally, certainty)]:
        asked = [(trials[place], tallies[place].runs) for place in open_ones]
        for place, outcome in zip(open_ones, laboratory.outcomes(asked, why), strict=True):
            told = laboratory.judged(outcome).told
            tallies[place], details[place] = tallies[place].plus(told.answer), told.detail
    return [_settled(tally, detail, certainty) for tally, detail in zip(tallies, details, strict=True)]


def _is_open(tally: Tally, certainty: Certainty) -> bool:
    return tally.runs < _MOST_RUNS and decided(tally, certainty.flakes, certainty.error) is None


def _settled(tally: Tally, detail: str, certainty: Certainty) -> Settled:
    answer = decided(tally, certainty.flakes, certainty.error) or Answer.UNRESOLVED
    return Settled(answer=answer, detail=detail, runs=tally.runs)
