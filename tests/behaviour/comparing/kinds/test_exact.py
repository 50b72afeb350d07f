"""The same in every bit."""

from typing import Any

import numpy as np
import pytest

from samestack.behaviour.comparing.comparison import compare
from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import Tolerance
from samestack.behaviour.recording.recording import Picture


def exact(reference: Any, answer: Any) -> Judgement:
    return compare(Kind.EXACT, reference, answer, Tolerance())


def test_an_array_of_another_type() -> None:
    # A picture of 16 bits as an array, Pillow 10.2.0 and 10.3.0.
    before = np.array([[1, 2]], np.int32)
    assert exact(before, before.astype(np.uint16)).detail == "int32 -> uint16"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (0.0, -0.0),
        (1, 1.0),
        (True, 1),
        ("a", "b"),
        ("a", "a\x00"),
        (0.1, 0.1 + 2**-56),
        (np.zeros((2, 1)), np.zeros(2)),
        (np.zeros((0, 2)), np.zeros((0, 3))),
        (2**70, 2**70 + 1),
        (Picture(np.zeros((2, 2), np.uint8)), Picture(np.eye(2, dtype=np.uint8))),
        (Picture(np.zeros((2, 2), np.uint8)), np.zeros((2, 2), np.uint8).tolist()[0][0]),
    ],
)
def test_any_difference_counts(before: Any, after: Any) -> None:
    assert not exact(before, after).is_same
    assert exact(before, before).is_same
    assert exact(after, after).is_same


def test_nan_is_itself() -> None:
    assert exact(float("nan"), float("nan")).is_same
    assert exact(np.array([np.nan, 1.0]), np.array([np.nan, 1.0])).is_same


def test_the_share_of_what_differs() -> None:
    judgement = exact(np.array([1, 2, 3, 4]), np.array([1, 9, 3, 9]))
    assert judgement == Judgement(is_same=False, distance=0.5, detail="2 -> 9 at [1]; 2 of 4 elements differ")
