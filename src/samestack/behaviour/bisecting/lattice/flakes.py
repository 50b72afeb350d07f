"""How often a hybrid has to be run before its answer counts: Wald's sequential probability ratio test.

A run may mislead: a bad hybrid passes for once, a good one fails for once, a sound one crashes for once.
Given bounds on how often, runs are repeated until the other explanation of what was seen has become
improbable enough. Where nothing flakes the first run decides.
"""

from collections.abc import Iterable
from math import exp, lgamma, log, log1p
from typing import Final

from msgspec import Struct, structs

from samestack.behaviour.bisecting.lattice.trial import Answer

_MOST: Final = 100
_CHANCE: Final = 0.01


class Flakes(Struct, frozen=True, kw_only=True):
    """Bounds on how often a run misleads; each is a probability, zero where it never does."""

    hidden: float = 0.0
    """That a bad hybrid answers well."""
    false_alarm: float = 0.0
    """That a good hybrid answers badly."""
    stray: float = 0.0
    """That a hybrid that can answer gives no answer."""

    def __post_init__(self) -> None:
        if not all(0 <= rate < 1 for rate in (self.hidden, self.false_alarm, self.stray)):
            raise ValueError("the rate of a flake is at least 0 and below 1")
        if self.hidden + self.false_alarm >= 1:
            raise ValueError("runs that mislead as often as not tell nothing")


class Tally(Struct, frozen=True):
    """What the runs of one hybrid answered."""

    good: int = 0
    bad: int = 0
    unresolved: int = 0

    @property
    def runs(self) -> int:
        """How many there were."""
        return self.good + self.bad + self.unresolved

    @property
    def is_resolved(self) -> bool:
        """Whether any of them answered."""
        return self.good + self.bad > 0

    def plus(self, answer: Answer) -> "Tally":
        """The same with one more."""
        return structs.replace(self, **{answer.value: getattr(self, answer.value) + 1})


def doubt(tally: Tally, answer: Answer, flakes: Flakes) -> float:
    """The most probable that the runs look like this though another answer is true."""
    if answer is Answer.UNRESOLVED:
        return 1.0 if tally.is_resolved else flakes.stray**tally.unresolved
    if_good = (1 - flakes.false_alarm) ** tally.good * flakes.false_alarm**tally.bad
    if_bad = flakes.hidden**tally.good * (1 - flakes.hidden) ** tally.bad
    right, wrong = (if_good, if_bad) if answer is Answer.GOOD else (if_bad, if_good)
    return wrong / right if right > wrong else 1.0


def decided(tally: Tally, flakes: Flakes, error: float) -> Answer | None:
    """The answer, once the doubt of it is no more than an error; ``None`` while more runs are needed."""
    if not tally.runs:
        return None
    return next((one for one in Answer if doubt(tally, one, flakes) <= error), None)


def runs_to_be_good(tally: Tally, flakes: Flakes, error: float) -> int:
    """How many more runs decide, if all of them answer well."""
    for more in range(1, _MOST):
        tally = tally.plus(Answer.GOOD)
        if decided(tally, flakes, error) is not None:
            return more
    return _MOST


def is_worse_than_said(tallies: Iterable[Tally], flakes: Flakes) -> bool:
    """Whether runs of one hybrid contradict each other more often than these rates make credible."""
    known = list(tallies)
    runs = sum(tally.good + tally.bad for tally in known)
    misled = sum(min(tally.good, tally.bad) for tally in known)
    rate = max(flakes.hidden, flakes.false_alarm)
    return 1 - sum(_binomial(runs, count, rate) for count in range(misled)) < _CHANCE


def _binomial(runs: int, count: int, rate: float) -> float:
    """The probability of so many; by logarithms, since the coefficients of a long search overflow."""
    if rate == 0:
        return float(count == 0)
    coefficient = lgamma(runs + 1) - lgamma(count + 1) - lgamma(runs - count + 1)
    return exp(coefficient + count * log(rate) + (runs - count) * log1p(-rate))
