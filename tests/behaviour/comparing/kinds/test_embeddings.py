"""Vectors whose direction counts."""

from typing import Any

import numpy as np
import pytest

from samestack.behaviour.comparing.comparison import compare
from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import Alignment, EmbeddingTolerance
from samestack.errors import RequestError

# Three principal components of the wine data: four wines, and the components' first four coordinates.
# scikit-learn 1.4.2; release 1.5.2 turns the third.
PROJECTED = np.array(
    [
        [3.185629793e02, 2.149213073e01, 3.130734705e00],
        [3.030974197e02, -5.364717683e00, 6.822835495e00],
        [4.380611329e02, -6.537309449e00, -1.113222981e00],
        [7.332401394e02, 1.927290321e-01, -9.172570156e-01],
    ]
)
COMPONENTS = np.array(
    [
        [1.659264720e-03, -6.810155555e-04, 1.949057419e-04, -4.671300581e-03],
        [1.203406166e-03, 2.154981840e-03, 4.593692543e-03, 2.645039303e-02],
        [-1.687380941e-02, -1.220033728e-01, -5.198743036e-02, -9.385930030e-01],
    ]
)
TURNED = np.array([1, 1, -1])


def embeddings(reference: Any, answer: Any, **given: Any) -> Judgement:
    return compare(Kind.EMBEDDING, np.array(reference), np.array(answer), EmbeddingTolerance(**given))


def test_signs_count_unless_a_project_says_that_they_mean_nothing() -> None:
    assert not embeddings(PROJECTED, PROJECTED * TURNED).is_same
    assert embeddings(PROJECTED, PROJECTED * TURNED, align=Alignment.COLUMNS).distance == 0
    assert not embeddings(COMPONENTS, COMPONENTS * TURNED[:, None]).is_same
    assert embeddings(COMPONENTS, COMPONENTS * TURNED[:, None], align=Alignment.ROWS).distance == 0


def test_alignment_hides_no_other_change() -> None:
    changed = PROJECTED.copy()
    changed[0] = changed[0][::-1]
    assert not embeddings(PROJECTED, changed, align=Alignment.COLUMNS).is_same
    assert not embeddings(PROJECTED, changed, align=Alignment.ROWS).is_same


def test_one_vector_alone_has_no_columns_to_align() -> None:
    with pytest.raises(RequestError, match="cannot be aligned"):
        embeddings([1.0, 2.0], [1.0, -2.0], align=Alignment.COLUMNS)


def test_length_means_nothing_and_the_angle_does() -> None:
    assert embeddings([3.0, 4.0], [6.0, 8.0]).is_same
    turned = embeddings([1.0, 0.0], [np.cos(0.02), np.sin(0.02)])
    assert turned.distance == pytest.approx(1 - np.cos(0.02))
    assert turned.detail == "cosine 0.999800"
    assert embeddings([1.0, 0.0], [np.cos(0.014), np.sin(0.014)]).is_same


def test_the_worst_vector_counts() -> None:
    before = np.eye(3)
    after = before.copy()
    after[1] = [1, 0, 0]
    judgement = embeddings(before, after)
    assert judgement.distance == pytest.approx(1)
    assert judgement.detail == "cosine 0.000000 of vector 1"


def test_vectors_without_length_and_what_is_no_number() -> None:
    assert embeddings([0.0, 0.0], [0.0, 0.0]).is_same
    assert not embeddings([0.0, 0.0], [1.0, 0.0]).is_same
    assert embeddings([np.nan, 1.0], [np.nan, 2.0]).is_same
    assert embeddings([np.nan, 1.0], [1.0, 1.0]).distance == np.inf
    assert not embeddings([np.inf, 1.0], [-np.inf, 1.0]).is_same


def test_large_numbers_do_not_overflow() -> None:
    assert embeddings([1e300, 1e300], [1e300, 1e300]).is_same
    assert not embeddings([1e300, 1e300], [1e300, -1e300]).is_same
