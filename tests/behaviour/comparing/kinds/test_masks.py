"""What each pixel belongs to."""

from typing import Any

import numpy as np
import pytest

from samestack.behaviour.comparing.comparison import compare
from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import MaskTolerance
from samestack.behaviour.recording.recording import Picture
from samestack.errors import RequestError


def masks(reference: Any, answer: Any, **given: Any) -> Judgement:
    return compare(Kind.MASK, reference, answer, MaskTolerance(**given))


def test_a_mask_that_another_release_makes_smaller_differently() -> None:
    # A mask of 6 x 6 resized with INTER_NEAREST_EXACT, OpenCV 4.7.0.72 and 4.8.0.76.
    before = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 2]], np.uint8)
    after = np.array([[1, 0, 0], [1, 2, 0], [0, 0, 0]], np.uint8)
    assert masks(before, after) == Judgement(
        is_same=False, distance=1, detail="class 1 overlaps by 0; 4 of 9 pixels differ"
    )


def test_a_small_class_counts_as_much_as_a_large_one() -> None:
    before = np.zeros((100, 100), np.uint8)
    before[:4, :4] = 1
    after = before.copy()
    after[0, 0] = 0
    judgement = masks(before, after)
    assert judgement.distance == pytest.approx(1 / 16)
    assert not judgement.is_same
    assert masks(before, after, iou=0.9).is_same


def test_a_class_that_is_new_differs() -> None:
    before = np.zeros((100, 100), np.uint8)
    after = before.copy()
    after[50, 50] = 3
    assert masks(before, after).detail == "class 3 overlaps by 0; 1 of 10000 pixels differ"


def test_truth_values_are_a_mask() -> None:
    before = np.eye(200, dtype=bool)
    assert masks(before, before.copy()).is_same
    assert not masks(before, ~before).is_same


def test_colours_are_classes() -> None:
    colours = np.array([[[255, 0, 0], [0, 255, 0]], [[255, 0, 0], [0, 0, 255]]], np.uint8)
    changed = colours.copy()
    changed[1, 1] = [0, 255, 0]
    assert masks(Picture(colours), Picture(colours.copy())).is_same
    assert "1 of 4 pixels differ" in masks(Picture(colours), Picture(changed)).detail


def test_a_mask_of_another_size_differs_and_scores_are_none() -> None:
    assert masks(np.eye(3, dtype=bool), np.eye(4, dtype=bool)).detail == "3 x 3 -> 4 x 4"
    with pytest.raises(RequestError, match="float64 of 3 x 3 cannot be compared as a mask"):
        masks(np.eye(3), np.eye(3))
