"""Whole numbers."""

from typing import Any

import numpy as np
import pytest

from samestack.behaviour.comparing.comparison import compare
from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import IntegerTolerance


def integers(reference: Any, answer: Any, **given: Any) -> Judgement:
    return compare(Kind.INTEGER, reference, answer, IntegerTolerance(**given))


def test_a_sum_that_overflows() -> None:
    # uint8(250) + 10, numpy 1.26.4 and 2.0.2.
    assert integers(260, 4) == Judgement(is_same=False, distance=256, detail="260 -> 4")
    # The sum of a picture of 16 bits, with Pillow 10.3.0 and numpy 2.0.2 instead of 10.2.0 and 1.26.4.
    assert integers(np.int32(81320), np.uint16(15784)).distance == 65536


def test_a_project_can_allow_a_difference() -> None:
    assert integers(10, 12, atol=2).is_same
    assert not integers(10, 13, atol=2).is_same


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (2**63, 2**63 + 1),
        (2**53, 2**53 + 1),
        (-(2**63), 2**63 - 1),
        (np.array([2**64 - 1], np.uint64), np.array([-1], np.int64)),
        (np.array([2**63 - 1], np.int64), np.array([2**63], np.uint64)),
        (np.array([255], np.uint8), np.array([0], np.uint8)),
        (10**100, 10**100 + 1),
        (0, 10**400),
    ],
)
def test_large_ones_neither_overflow_nor_vanish(before: Any, after: Any) -> None:
    judgement = integers(before, after)
    assert not judgement.is_same
    assert judgement.distance >= 1


def test_the_worst_is_shown() -> None:
    judgement = integers(np.array([[1, 2], [3, 4]]), np.array([[1, 3], [9, 4]]))
    assert judgement.detail == "3 -> 9 at [1, 0]; 2 of 4 integers differ"


def test_what_is_no_integer_differs() -> None:
    assert integers(3, 3.5).detail == "3 -> 3.5"
