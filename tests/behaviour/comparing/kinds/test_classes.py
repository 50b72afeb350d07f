"""What things were taken for."""

from typing import Any

import numpy as np
import pytest

from samestack.behaviour.comparing.comparison import compare
from samestack.behaviour.comparing.defaults import default_tolerance
from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import widened


def classes(reference: Any, answer: Any, precision: str = "float32") -> Judgement:
    return compare(Kind.CLASS, reference, answer, default_tolerance(Kind.CLASS, precision))


def test_predictions_of_two_releases() -> None:
    # LinearSVC on the wine data, scikit-learn 1.4.2 and 1.5.2.
    before = np.array([0, 2, 1, 0, 1, 1, 0, 2, 1, 1, 2, 2, 0, 0, 2, 1, 0, 0, 2, 0])
    after = np.array([0, 2, 1, 0, 1, 0, 0, 2, 1, 1, 2, 2, 0, 1, 2, 1, 0, 0, 2, 0])
    assert classes(before, after) == Judgement(
        is_same=False, distance=0.1, detail="1 -> 0 at [5]; 2 of 20 labels flip"
    )


def test_a_threshold_that_moved() -> None:
    # float32(0.7) >= 0.7, numpy 1.26.4 and 2.0.2.
    judgement = classes(False, True)  # noqa: FBT003 - the answers
    assert judgement == Judgement(is_same=False, distance=1, detail="False -> True")


def test_any_flip_of_a_label_is_a_difference() -> None:
    assert classes("defect", "ok").detail == "'defect' -> 'ok'"
    assert not classes(np.array(["a"] * 999 + ["b"]), np.array(["a"] * 1000)).is_same
    assert classes("caf\u00e9", "cafe\u0301").is_same


def test_scores_say_by_how_much() -> None:
    # Two of the wines above, whose scores are far apart.
    before = np.array([[1.102894273, -2.140264314, -0.869192116], [-1.362806796, 0.060649572, -0.816127295]])
    after = np.array([[2.369699465, -3.578385523, -1.958522399], [-2.472864178, 2.818006384, -4.315926476]])
    assert classes(before, after, "float64").is_same
    flipped = classes(before, after[::-1], "float64")
    assert flipped.distance == 1
    assert flipped.detail == "class 1 -> 0 at [1] by a margin of 5.95; 2 of 2 labels flip"


def test_a_tie_may_flip() -> None:
    before, after = np.array([0.5, 0.500001, 0.1]), np.array([0.500001, 0.5, 0.1])
    judgement = classes(before, after)
    assert (judgement.is_same, judgement.distance) == (True, 0)
    assert not classes(before, after, "float64").is_same
    assert not classes(np.array([0.5, 0.6]), np.array([0.6, 0.5])).is_same


def test_labels_may_be_kept_as_numbers_of_any_type() -> None:
    assert classes(np.array([0.0, 2.0, 1.0]), np.array([0, 2, 1])).is_same
    assert not classes(np.array([0.0, 2.0, 1.0]), np.array([0.0, 1.0, 2.0])).is_same
    assert not classes(np.array(["1"]), np.array([1])).is_same


def test_a_score_that_is_no_number_does_not_win() -> None:
    before = np.array([0.2, 0.7, 0.1])
    assert classes(before, np.array([0.2, 0.7, np.nan])).is_same
    assert not classes(before, np.array([0.2, np.nan, 0.1])).is_same


def test_a_share_of_flips_can_be_the_environment_s_own() -> None:
    tolerance = widened(default_tolerance(Kind.CLASS), 0.01)
    before = np.zeros(100, dtype=np.int64)
    for flips, is_same in ((3, True), (4, False)):
        after = before.copy()
        after[:flips] = 1
        assert compare(Kind.CLASS, before, after, tolerance).is_same is is_same


@pytest.mark.parametrize("answer", [np.array([1, 2]), 1.5j, None])
def test_what_has_another_form_differs(answer: Any) -> None:
    assert not classes(np.array([1, 2, 3]), answer).is_same
