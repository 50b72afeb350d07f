"""How both environments answer, several times each: what is not steady is said before anything else."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from samestack.behaviour.bisecting.laboratory import Laboratory, Tried
from samestack.behaviour.bisecting.lattice.flakes import Flakes
from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.side import Sides
from samestack.behaviour.bisecting.trials.outcome import Outcome
from samestack.behaviour.bisecting.trials.predicates import ended

_RUNS: Final = 3
_RUNS_WHERE_MIXED: Final = 12
_MOST_MISLEADING: Final = 0.8
"""Of hidden and false together: beyond that, so many runs of each hybrid are needed that none can be told."""


class Baseline(Struct, frozen=True, kw_only=True):
    """How the two environments answered."""

    good: tuple[Tried, ...]
    bad: tuple[Tried, ...]
    trouble: str = ""
    """Why there is nothing to look for, in a sentence; empty where there is something."""
    messages: str = ""
    """What the program said, where that explains the trouble."""

    @property
    def flakes(self) -> Flakes:
        """Bounds on how often a run misleads, by what was seen."""
        return Flakes(
            hidden=_rate(self.bad, Answer.GOOD),
            false_alarm=_rate(self.good, Answer.BAD),
            stray=max(_rate(self.good, Answer.UNRESOLVED), _rate(self.bad, Answer.UNRESOLVED)),
        )

    @property
    def notes(self) -> Iterator[str]:
        """What is not steady, in a sentence each."""
        for name, runs, expected in (("good", self.good, Answer.GOOD), ("bad", self.bad, Answer.BAD)):
            others = sum(one.told.answer is not expected for one in runs)
            if others and not self.trouble:
                times = f"in {others} of {len(runs)} runs"
                yield f"the {name} environment is not steady: {times} it was not {name}"


def baseline_of(laboratory: Laboratory, sides: Sides) -> Baseline:
    """Run both; the laboratory is told how the bad environment ends, where that is no answer."""
    good, bad = _outcomes(laboratory, sides, range(_RUNS))
    laboratory.predicate = laboratory.program.predicate_for(bad)
    if _is_mixed(laboratory, good) or _is_mixed(laboratory, bad):
        more = _outcomes(laboratory, sides, range(_RUNS, _RUNS_WHERE_MIXED))
        good, bad = [*good, *more[0]], [*bad, *more[1]]
    return judged(tuple(map(laboratory.judged, good)), tuple(map(laboratory.judged, bad)))


def judged(good: tuple[Tried, ...], bad: tuple[Tried, ...]) -> Baseline:
    """What the runs of both say together."""
    for trouble, blamed in _troubles(good, bad):
        return Baseline(good=good, bad=bad, trouble=trouble, messages=blamed.outcome.messages)
    return Baseline(good=good, bad=bad)


def _outcomes(laboratory: Laboratory, sides: Sides, numbers: range) -> tuple[list[Outcome], list[Outcome]]:
    trials = [laboratory.described(side.environment) for side in (sides.good, sides.bad)]
    asked = [(trial, number) for trial in trials for number in numbers]
    found = laboratory.outcomes(asked, "how do both sides answer?")
    return found[: len(numbers)], found[len(numbers) :]


def _is_mixed(laboratory: Laboratory, outcomes: Sequence[Outcome]) -> bool:
    return len({laboratory.judged(one).told.answer for one in outcomes}) > 1


def _troubles(good: tuple[Tried, ...], bad: tuple[Tried, ...]) -> Iterator[tuple[str, Tried]]:
    for name, runs, expected in (("good", good, Answer.GOOD), ("bad", bad, Answer.BAD)):
        others = [one for one in runs if one.told.answer is not expected]
        if len(others) == len(runs):
            yield f"the {name} environment is not {name}: {_said(others[0])}", others[0]
    if _rate(bad, Answer.GOOD) + _rate(good, Answer.BAD) > _MOST_MISLEADING:
        yield "both environments answer now so and now so: they cannot be told apart", bad[0]


def _said(tried: Tried) -> str:
    why = tried.told.detail or f"it {ended(tried.outcome)}"
    return f"{tried.told.answer} ({why})"


def _rate(runs: Sequence[Tried], answer: Answer) -> float:
    """A cautious bound on how often it answers so, by how often it did; 0 where it never did."""
    seen = sum(one.told.answer is answer for one in runs)
    return min(0.9, 1.5 * (seen + 1) / (len(runs) + 2)) if seen > 0 else 0.0
