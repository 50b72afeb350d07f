"""A replay in an unchanged environment fails no more often than it says, whatever the answers are like."""

from collections.abc import Callable, Mapping
from math import sqrt
from random import Random

import numpy as np
import pytest

from samestack.behaviour.recording.recording import Answer
from samestack.behaviour.replaying.comparing_recordings import compare_recordings
from samestack.behaviour.replaying.repeats import false_alarms, repeats_for
from samestack.behaviour.replaying.replayed import Replayed, Verdict
from tests.behaviour.recording.recordings import recording_of

Draw = Callable[[Random], Mapping[str, Answer]]
TIMES = 120


def wandering(random: Random) -> Mapping[str, Answer]:
    """Numbers that differ a little every time."""
    return {name: {"score": 0.5 + random.gauss(0, 1e-3)} for name in "abcd"}


def heavy_tailed(random: Random) -> Mapping[str, Answer]:
    """Numbers that are mostly near, and now and then nowhere near: three times the noise is no bound."""
    return {name: {"loss": random.gauss(0, 1) / max(abs(random.gauss(0, 1)), 1e-6)} for name in "ab"}


def flaky(random: Random) -> Mapping[str, Answer]:
    """A label that is another one in every tenth run, in each of several fields."""
    fields = [f"label_{number}" for number in range(5)]
    return {"a": {field: "defect" if random.random() < 0.1 else "ok" for field in fields}}


def two_minded(random: Random) -> Mapping[str, Answer]:
    """All answers change together, as they do with the number of threads."""
    shift = random.choice([0.0, 0.1])
    return {name: {"score": 0.5 + shift, "bits": np.full(3, shift)} for name in "abcdef"}


def unsteady(random: Random) -> Mapping[str, Answer]:
    """A field that is not always there, and a type that is not always the same."""
    answer: dict[str, int | float | str] = {"label": "ok", "rest": random.choice([1, 1.5])}
    if random.random() < 0.3:
        answer["remark"] = "unsure"
    return {"a": answer, "b": {"label": "ok", "rest": 1}}


def repeatable(random: Random) -> Mapping[str, Answer]:
    """Nothing is ever another one."""
    return {name: {"score": 0.25, "label": "ok"} for name in "ab"}


PROGRAMS = (wandering, heavy_tailed, flaky, two_minded, unsteady, repeatable)


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - answers, not secrets


def replayed(draw: Draw, random: Random, recorded: int, repeats: int, change: Draw | None = None) -> Replayed:
    before = [draw(random) for _ in range(recorded)]
    after = [(change or draw)(random) for _ in range(repeats)]
    return compare_recordings(recording_of(*before), recording_of(*after))


@pytest.mark.parametrize("draw", PROGRAMS)
@pytest.mark.parametrize("recorded", [2, 3, 5])
def test_false_alarms_are_no_more_than_is_said(draw: Draw, recorded: int) -> None:
    random, repeats = seeded(recorded), repeats_for(recorded)
    alarms = sum(replayed(draw, random, recorded, repeats).is_alarm for _ in range(TIMES))
    bound = false_alarms(recorded, repeats)
    assert alarms <= TIMES * bound + 3 * sqrt(TIMES * bound * (1 - bound))


@pytest.mark.parametrize("draw", PROGRAMS)
def test_the_stated_probability_is_one(draw: Draw) -> None:
    """Of all replays, at most a fifth say that their differences have a probability of a fifth or less."""
    random, share = seeded(7), 0.2
    chances = [replayed(draw, random, 3, 5) for _ in range(TIMES)]
    improbable = sum(bool(one.differences) and one.chance.share <= share for one in chances)
    assert improbable <= TIMES * share + 3 * sqrt(TIMES * share * (1 - share))


def test_a_program_that_is_always_the_same_never_fails() -> None:
    assert replayed(repeatable, seeded(1), 3, 4).verdict is Verdict.SAME


@pytest.mark.parametrize("draw", [wandering, two_minded, unsteady, repeatable])
def test_a_change_is_seen_through_the_noise(draw: Draw) -> None:
    def changed(random: Random) -> Mapping[str, Answer]:
        return {name: {**answer, "verdict": 0} for name, answer in draw(random).items()}

    def unchanged(random: Random) -> Mapping[str, Answer]:
        return {name: {**answer, "verdict": 1} for name, answer in draw(random).items()}

    random, seen = seeded(3), 0
    for _ in range(20):
        found = replayed(unchanged, random, 3, repeats_for(3), changed)
        verdicts = [one for one in found.fields if one.name == "verdict"]
        assert len(verdicts[0].differences) == len(found.inputs)
        seen += found.is_alarm and not verdicts[0].is_wavering
    # Beside fields that waver by themselves chance is harder to rule out.
    assert seen == 20 if draw in {wandering, repeatable} else seen >= 16


def test_an_environment_that_is_wrong_half_of_the_time_is_found_by_enough_runs() -> None:
    def unsure(random: Random) -> Mapping[str, Answer]:
        return {name: {"score": random.choice([0.25, 0.75]), "label": "ok"} for name in "ab"}

    random = seeded(5)
    found = [replayed(repeatable, random, 10, 10, unsure).is_alarm for _ in range(20)]
    assert sum(found) >= 18


@pytest.mark.parametrize(("recorded", "repeats"), [(1, 5), (2, 5), (3, 5), (4, 5), (5, 3), (10, 2), (49, 1)])
def test_so_many_runs_are_enough(recorded: int, repeats: int) -> None:
    assert repeats_for(recorded) == repeats
    assert (false_alarms(recorded, repeats) > 0.05) == (recorded == 1)
