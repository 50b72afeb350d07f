"""The best few."""

from typing import Any

import numpy as np
import pytest

from samestack.behaviour.comparing.comparison import compare
from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import TopKTolerance
from samestack.errors import RequestError


def top_k(reference: Any, answer: Any, **given: Any) -> Judgement:
    tolerance = TopKTolerance(rtol=0, atol=1e-3, **given)
    return compare(Kind.TOP_K, np.array(reference), np.array(answer), tolerance)


SCORES = [0.9, 0.7, 0.5, 0.3, 0.1]


def test_scores_below_the_best_few_do_not_count() -> None:
    assert top_k(SCORES, [0.9, 0.7, 0.5, 0.1, 0.3], k=3).is_same
    assert top_k(SCORES, [0.9, 0.7, 0.5, 0.1, 0.3], k=4).distance == 0.25


def test_their_order_counts_where_it_is_no_tie() -> None:
    assert top_k(SCORES, [0.9, 0.4, 0.5, 0.3, 0.1], k=3).distance == pytest.approx(2 / 3)
    # Which of two equal values is sorted first is left open (numpy#24064).
    assert top_k([0.5, 0.5, 0.1], [0.5, 0.5005, 0.1], k=2).is_same
    assert top_k([0.5005, 0.5, 0.1], [0.5, 0.5005, 0.1], k=1).is_same


def test_one_that_is_replaced_is_said() -> None:
    judgement = top_k([SCORES, SCORES], [SCORES, [0.9, 0.7, 0.1, 0.3, 0.5]], k=3)
    assert not judgement.is_same
    assert judgement.detail == "[0, 1, 2] -> [0, 1, 4] in row 1"


def test_five_of_scores_count_unless_said_otherwise() -> None:
    before = np.arange(9)[::-1] / 10
    after = before.copy()
    after[5:] = before[5:][::-1]
    assert top_k(before, after).is_same
    assert not top_k(before, after, k=6).is_same


def test_labels_are_a_set() -> None:
    assert top_k(["cat", "dog", "cow"], ["cow", "cat", "dog"]).is_same
    judgement = top_k(["cat", "dog", "cow"], ["cow", "cat", "pig"])
    assert judgement.distance == pytest.approx(1 / 3)
    assert judgement.detail == "'dog' gone, 'pig' new"
    assert top_k([3, 1, 2], [3, 1, 9], k=2).is_same
    assert not top_k([3, 1, 2], [3, 1]).is_same


def test_one_label_alone_is_not_several() -> None:
    with pytest.raises(RequestError, match="3 cannot be compared as the best few"):
        top_k(3, 3)
