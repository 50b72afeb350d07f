"""Confusion matrices of two environments."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from samestack.behaviour.replaying.flips import MOST_LABELS, OTHERS, flips_of
from tests.behaviour.replaying.replays import defects, replay_of


def test_labels_and_scores_have_a_matrix_each() -> None:
    found = {one.field: one for one in flips_of(replay_of(defects(), defects(0.1)))}
    assert found["label"].labels == ("defect", "ok")
    assert found["label"].counts == ((2, 1), (0, 1))
    assert found["probabilities"].labels == ("0", "1")
    assert found["probabilities"].counts == ((2, 1), (0, 1))
    assert (found["label"].total, found["label"].flipped) == (4, 1)


def test_without_flips_there_is_none() -> None:
    assert flips_of(replay_of(defects(), defects())) == ()
    assert flips_of(replay_of(defects(), defects(0.01))) == ()


def test_every_label_of_an_array_counts() -> None:
    before = {"a": {"labels": np.array([1, 2, 10])}}
    (flips,) = flips_of(replay_of(before, {"a": {"labels": np.array([1, 10, 10])}}))
    assert flips.labels == ("1", "2", "10")
    assert flips.counts == ((1, 0, 0), (0, 0, 1), (0, 0, 1))


def test_labels_of_which_there_are_more_or_fewer_are_not_matched() -> None:
    before = {"a": {"labels": np.array(["x", "y"])}, "b": {"labels": np.array(["x"])}}
    after = {"a": {"labels": np.array(["x"])}, "b": {"labels": np.array(["y"])}}
    (flips,) = flips_of(replay_of(before, after))
    assert (flips.labels, flips.total) == (("x", "y"), 1)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=60))
def test_nothing_is_lost_however_many_labels_there_are(pairs: list[tuple[int, int]]) -> None:
    before = {"a": {"class": np.array([one for one, _ in pairs])}}
    after = {"a": {"class": np.array([other for _, other in pairs])}}
    for flips in flips_of(replay_of(before, after)):
        assert flips.total == len(pairs)
        assert len(flips.labels) <= MOST_LABELS + 1
        assert flips.labels.count(OTHERS) <= 1
        assert flips.flipped <= sum(one != other for one, other in pairs)
