"""By how much numbers moved."""

from typing import Any

import numpy as np
import pytest

from samestack.behaviour.replaying.drift import MOST_POINTS, drifts_of
from samestack.behaviour.replaying.replayed import Replayed
from tests.behaviour.replaying.replays import defects, replay_of


def drifted(before: Any, after: Any) -> Replayed:
    return replay_of({"a": {"numbers": before}}, {"a": {"numbers": after}})


def test_the_fields_whose_numbers_moved_are_told() -> None:
    found = {one.field: one for one in drifts_of(replay_of(defects(), defects(0.1)))}
    assert set(found) == {"score", "probabilities"}
    score = found["score"]
    assert (score.numbers, score.moved) == (4, 3)
    assert score.largest == pytest.approx(-0.1)
    assert score.mean == pytest.approx(-0.075)
    assert (score.points[0].input, score.points[0].before) == ("plate-0.png", 0.2)


def test_what_does_not_differ_has_no_drift() -> None:
    assert drifts_of(replay_of(defects(), defects())) == ()


def test_what_is_allowed_grows_with_the_noise() -> None:
    (quiet,) = drifts_of(drifted(np.array([1.5, 2.5]), np.array([1.5, 3.5])))
    assert quiet.allowed == pytest.approx((1.3e-6, 1e-5))


def test_of_many_numbers_those_that_moved_furthest_are_shown() -> None:
    before = np.arange(5000) / 3
    after = before + np.where(np.arange(5000) % 1000 == 7, 9.0, 1e-3)
    (drift,) = drifts_of(drifted(before, after))
    assert len(drift.points) <= MOST_POINTS
    assert sum(point.change > 8 for point in drift.points) == 5
    assert (drift.numbers, drift.moved) == (5000, 5000)


def test_what_is_no_number_has_no_place() -> None:
    before, after = np.array([np.nan, 1.5, np.inf, 2.5]), np.array([1.0, np.nan, np.inf, 3.5])
    (drift,) = drifts_of(drifted(before, after))
    assert [(point.before, point.change) for point in drift.points] == [(2.5, 1.0)]


def test_other_shapes_are_left_out() -> None:
    assert drifts_of(drifted(np.array([1.5, 2.5]), np.array([1.5]))) == ()
