"""What several runs of both sides say together."""

from collections.abc import Sequence

import pytest

from samestack.behaviour.bisecting.baseline import Baseline, judged
from samestack.behaviour.bisecting.laboratory import Tried
from samestack.behaviour.bisecting.lattice.flakes import Flakes
from samestack.behaviour.bisecting.programs import by_exit_status
from samestack.behaviour.bisecting.trials.outcome import Ending, Outcome

ENDS = {
    "g": Outcome(ending=Ending.EXIT),
    "b": Outcome(ending=Ending.EXIT, status=1, messages="it is wrong"),
    "s": Outcome(ending=Ending.SIGNAL, signal="SIGSEGV"),
    "t": Outcome(ending=Ending.TIME),
    "u": Outcome(ending=Ending.EXIT, status=125),
}


def baseline(good: str, bad: str) -> Baseline:
    outcomes = [[ENDS[one] for one in side] for side in (good, bad)]
    return judged(*(tried(side, outcomes[1]) for side in outcomes))


def tried(side: Sequence[Outcome], bad: Sequence[Outcome]) -> tuple[Tried, ...]:
    return tuple(Tried(outcome=one, told=by_exit_status(bad)(one)) for one in side)


def test_steady_sides_leave_nothing_to_say() -> None:
    found = baseline("ggg", "bbb")
    assert (found.trouble, found.flakes, list(found.notes)) == ("", Flakes(), [])


@pytest.mark.parametrize("bad", ["sss", "ttt", "ssb"])
def test_how_the_bad_side_ends_is_what_is_looked_for(bad: str) -> None:
    assert baseline("ggg", bad).trouble == ""


@pytest.mark.parametrize(
    ("good", "bad", "trouble"),
    [
        ("bbb", "bbb", "the good environment is not good: bad (ended with status 1)"),
        ("sss", "sss", "the good environment is not good: bad (ended by SIGSEGV)"),
        ("sss", "bbb", "the good environment is not good: unresolved (ended by SIGSEGV)"),
        ("ggg", "ggg", "the bad environment is not bad: good (it ended with status 0)"),
        ("ggg", "uuu", "the bad environment is not bad: unresolved (ended with status 125)"),
        ("gb" * 6, "gb" * 6, "both environments answer now so and now so"),
    ],
)
def test_sides_that_cannot_be_told_apart_end_it(good: str, bad: str, trouble: str) -> None:
    assert baseline(good, bad).trouble.startswith(trouble)


def test_a_side_that_wavers_is_said_and_bounds_how_often_runs_mislead() -> None:
    found = baseline("g" * 12, "bbbgbbbbgbbb")
    assert found.trouble == ""
    assert list(found.notes) == ["the bad environment is not steady: in 2 of 12 runs it was not bad"]
    assert 2 / 12 < found.flakes.hidden < 0.5
    assert found.flakes.false_alarm == 0


def test_what_the_program_said_goes_with_the_trouble() -> None:
    assert baseline("bbb", "bbb").messages == "it is wrong"
