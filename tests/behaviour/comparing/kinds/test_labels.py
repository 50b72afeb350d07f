"""Which things belong together."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.behaviour.comparing.comparison import compare
from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import LabelsTolerance
from samestack.errors import RequestError

groups = st.lists(st.integers(0, 3), min_size=1, max_size=20)


def labels(reference: Any, answer: Any, **given_options: Any) -> Judgement:
    return compare(Kind.LABELS, np.array(reference), np.array(answer), LabelsTolerance(**given_options))


@given(groups, st.permutations(range(4)))
def test_names_mean_nothing(before: list[int], names: list[int]) -> None:
    assert labels(before, [names[label] for label in before]) == Judgement(is_same=True, distance=0)
    assert labels(before, [f"group {names[label]}" for label in before]).is_same


def test_a_known_index() -> None:
    # The example of scikit-learn's adjusted_rand_score: 0.571428...
    judgement = labels([0, 0, 1, 2], [0, 0, 1, 1])
    assert judgement.distance == pytest.approx(1 - 4 / 7)
    assert judgement.detail == "3 groups -> 2, adjusted Rand index 0.571"
    assert labels([0, 0, 1, 2], [0, 0, 1, 1], ari=0.5).is_same


def test_all_apart_is_not_all_together() -> None:
    assert labels([0, 1, 2], [5, 6, 7]).is_same
    assert labels([0, 0, 0], [5, 5, 5]).is_same
    assert labels([0, 1, 2], [0, 0, 0]).distance == 1


def test_one_label_alone_means_nothing() -> None:
    with pytest.raises(RequestError, match="one alone means nothing"):
        labels(3, 3)
