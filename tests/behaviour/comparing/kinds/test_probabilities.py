"""Scores of all classes."""

from typing import Any

import numpy as np

from samestack.behaviour.comparing.comparison import compare
from samestack.behaviour.comparing.defaults import default_tolerance
from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.kind import Kind


def probabilities(reference: Any, answer: Any) -> Judgement:
    tolerance = default_tolerance(Kind.PROBABILITIES, "float32")
    return compare(Kind.PROBABILITIES, np.array(reference), np.array(answer), tolerance)


def test_scores_that_are_close_are_the_same() -> None:
    assert probabilities([[0.25, 0.75]], [[0.250004, 0.749996]]).is_same
    assert not probabilities([[0.25, 0.75]], [[0.26, 0.74]]).is_same


def test_a_flip_within_the_tolerance_of_both_scores_but_beyond_a_tie_fails() -> None:
    # Each score is close to what it was; the winner led by more than what counts as a tie.
    before, after = [0.5, 0.500009, 0.0], [0.500009, 0.5, 0.0]
    assert probabilities(before, after).is_same
    judgement = probabilities([0.5, 0.500012, 0.0], [0.500005, 0.500004, 0.0])
    assert not judgement.is_same
    assert judgement.detail.startswith("class 1 -> 0 by a margin of 1.2e-05; ")


def test_the_first_flip_and_their_number_are_said() -> None:
    before, after = [[0.9, 0.1], [0.8, 0.2], [0.1, 0.9]], [[0.9, 0.1], [0.3, 0.7], [0.6, 0.4]]
    assert probabilities(before, after).detail.startswith(
        "row 2: class 1 -> 0 by a margin of 0.8 (2 of 3 flip); 0.1 -> 0.6 at [2, 0], "
    )


def test_a_new_nan_is_a_difference() -> None:
    assert not probabilities([0.5, 0.4], [0.5, np.nan]).is_same
    assert probabilities([0.5, np.nan], [0.5, np.nan]).is_same
