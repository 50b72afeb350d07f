"""Something to look at."""

from typing import Any

import numpy as np
import pytest

from samestack.behaviour.comparing.comparison import compare
from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import PictureTolerance
from samestack.behaviour.recording.recording import Picture
from samestack.errors import RequestError


def pictures(reference: Any, answer: Any, **given: Any) -> Judgement:
    return compare(
        Kind.PICTURE, Picture(np.array(reference)), Picture(np.array(answer)), PictureTolerance(**given)
    )


GREY = np.full((20, 20), 100, np.uint8)


def test_a_jpeg_that_another_release_decodes_differently() -> None:
    # The edge of a red mark in one JPEG, Pillow 8.4.0 and 9.0.1.
    before = np.array(
        [
            [[184, 43, 26], [186, 38, 24], [191, 34, 25], [119, 69, 78]],
            [[209, 31, 43], [216, 25, 43], [222, 20, 44], [115, 74, 82]],
            [[185, 42, 62], [193, 36, 63], [200, 31, 64], [124, 92, 97]],
        ],
        np.uint8,
    )
    after = np.array(
        [
            [[180, 44, 28], [181, 41, 28], [164, 45, 39], [134, 63, 67]],
            [[198, 37, 45], [203, 31, 45], [181, 39, 53], [137, 64, 73]],
            [[174, 48, 60], [180, 43, 63], [164, 48, 67], [143, 83, 93]],
        ],
        np.uint8,
    )
    judgement = pictures(before, after)
    assert not judgement.is_same
    assert judgement.distance == pytest.approx(41.4, abs=0.01)
    assert judgement.detail == "41 levels off at [1, 2, 0], 4.14 % on average; 35 of 36 values differ"


def test_one_level_here_and_there_is_rounding_and_everywhere_is_not() -> None:
    one = GREY.copy()
    one[3, 4] += 1
    assert pictures(GREY, one).is_same
    assert not pictures(GREY, GREY + 1).is_same
    assert pictures(GREY, GREY + 1, mean=0.004).is_same


def test_one_pixel_that_is_far_off_is_a_difference() -> None:
    one = GREY.copy()
    one[3, 4] += 3
    assert pictures(GREY, one).distance == 3
    assert pictures(GREY, one, levels=3).is_same
    assert pictures(GREY, one, levels=0).distance == np.inf


def test_levels_of_sixteen_bits_are_finer() -> None:
    deep = GREY.astype(np.uint16) * 257
    assert pictures(deep, deep + np.eye(20, dtype=np.uint16)).is_same
    assert not pictures(deep, deep + 2).is_same


def test_another_form_is_a_difference() -> None:
    assert pictures(GREY, GREY[:10]).detail == "20 x 20 of uint8 -> 10 x 20 of uint8"
    assert pictures(GREY, GREY.astype(np.uint16)).detail == "20 x 20 of uint8 -> 20 x 20 of uint16"


def test_an_array_of_levels_is_a_picture_and_numbers_are_none() -> None:
    assert compare(Kind.PICTURE, GREY, GREY.copy(), PictureTolerance()).is_same
    with pytest.raises(RequestError, match="cannot be compared as a picture"):
        compare(Kind.PICTURE, GREY / 2, GREY / 2, PictureTolerance())
