"""How often a run has to be repeated, held against the exact probability of a wrong decision."""

import pytest

from samestack.behaviour.bisecting.lattice.flakes import (
    Flakes,
    Tally,
    decided,
    doubt,
    is_worse_than_said,
    runs_to_be_good,
)
from samestack.behaviour.bisecting.lattice.limits import Limits
from samestack.behaviour.bisecting.lattice.trial import Answer

RATES = [(0.0, 0.0), (0.3, 0.0), (0.0, 0.2), (0.1, 0.1), (0.4, 0.1), (0.3, 0.3)]


def probability_of(answer: Answer, flakes: Flakes, error: float, good: float) -> float:
    """That runs of which such a part are good end with this answer, summed over all ways to get there."""
    pending, ended = {Tally(): 1.0}, 0.0
    for _ in range(200):
        following: dict[Tally, float] = {}
        for tally, probability in pending.items():
            for one, chance in ((Answer.GOOD, good), (Answer.BAD, 1 - good)):
                after = tally.plus(one)
                found = decided(after, flakes, error)
                if found is None:
                    following[after] = following.get(after, 0.0) + probability * chance
                elif found is answer:
                    ended += probability * chance
        pending = {tally: chance for tally, chance in following.items() if chance > 1e-12}
    return ended


@pytest.mark.parametrize(("hidden", "false_alarm"), RATES)
@pytest.mark.parametrize("error", [0.2, 0.05, 0.001])
def test_a_wrong_decision_is_no_likelier_than_the_error(
    hidden: float, false_alarm: float, error: float
) -> None:
    flakes = Flakes(hidden=hidden, false_alarm=false_alarm)
    assert probability_of(Answer.GOOD, flakes, error, good=hidden) <= error
    assert probability_of(Answer.BAD, flakes, error, good=1 - false_alarm) <= error


@pytest.mark.parametrize(("hidden", "false_alarm"), RATES)
def test_what_flakes_less_than_it_may_is_decided_no_worse(hidden: float, false_alarm: float) -> None:
    flakes = Flakes(hidden=hidden, false_alarm=false_alarm)
    for part in (0.0, 0.3, 0.7):
        assert probability_of(Answer.GOOD, flakes, 0.05, good=hidden * part) <= 0.05
        assert probability_of(Answer.BAD, flakes, 0.05, good=1 - false_alarm * part) <= 0.05


@pytest.mark.parametrize("answer", list(Answer))
def test_where_nothing_flakes_the_first_run_decides(answer: Answer) -> None:
    tally = Tally().plus(answer)
    assert decided(tally, Flakes(), 1e-9) is answer
    assert doubt(tally, answer, Flakes()) == 0.0
    assert decided(Tally(), Flakes(), 0.5) is None


def test_a_good_answer_is_repeated_and_one_bad_answer_is_enough() -> None:
    flakes = Flakes(hidden=0.3)
    assert runs_to_be_good(Tally(), flakes, 0.001) == 6
    assert decided(Tally(good=5), flakes, 0.001) is None
    assert decided(Tally(good=6), flakes, 0.001) is Answer.GOOD
    assert decided(Tally(good=5, bad=1), flakes, 0.001) is Answer.BAD
    assert runs_to_be_good(Tally(good=4), flakes, 0.001) == 2


def test_a_crash_is_repeated_where_crashes_may_be_stray_and_an_answer_outweighs_it() -> None:
    flakes = Flakes(stray=0.1)
    assert decided(Tally(unresolved=1), flakes, 0.02) is None
    assert decided(Tally(unresolved=2), flakes, 0.02) is Answer.UNRESOLVED
    assert decided(Tally(unresolved=2, good=1), flakes, 0.02) is Answer.GOOD


def test_what_cannot_be_is_never_decided() -> None:
    assert decided(Tally(good=1, bad=1), Flakes(), 0.4) is None


@pytest.mark.parametrize("rates", [{"hidden": 1.0}, {"stray": -0.1}, {"hidden": 0.6, "false_alarm": 0.4}])
def test_rates_that_tell_nothing_are_refused(rates: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"flake|tell nothing"):
        Flakes(**rates)


@pytest.mark.parametrize("confidence", [0.0, 1.0, 1.5])
def test_certainty_is_no_confidence(confidence: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Limits(confidence=confidence)


def test_what_hides_nearly_always_takes_more_runs_than_are_counted() -> None:
    assert runs_to_be_good(Tally(), Flakes(hidden=0.99), 0.01) == 100


@pytest.mark.parametrize(("misled", "is_worse"), [(0, False), (6, False), (20, True)])
def test_runs_that_contradict_each_other_too_often_are_noticed(misled: int, is_worse: bool) -> None:  # noqa: FBT001
    tallies = [Tally(good=9, bad=1)] * misled + [Tally(good=10)] * (20 - misled)
    assert is_worse_than_said(tallies, Flakes(hidden=0.03)) is is_worse
