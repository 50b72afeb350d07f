"""Pictures side by side."""

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from samestack.behaviour.recording.recording import Picture
from samestack.behaviour.replaying.thumbnails import LARGEST_SIDE, MOST_PICTURES, sights_of
from tests.behaviour.replaying.replays import defects, replay_of


def opened(data: bytes | None) -> Any:
    assert data is not None
    return np.asarray(Image.open(io.BytesIO(data)))


def pair(before: Any, after: Any, name: str = "seen") -> Any:
    (sight,) = sights_of(replay_of({"a": {name: before}}, {"a": {name: after}}))
    return sight


def test_what_was_seen_is_shown_with_where_it_differs() -> None:
    sights = sights_of(replay_of(defects(), defects(0.1)))
    assert len(sights) == 3
    assert {sight.input for sight in sights} == {"plate-1.png", "plate-2.png", "plate-3.png"}
    difference = opened(sights[0].difference)
    assert difference.shape == (12, 16)
    assert (difference[2:6, 3:8] == 255).all()
    assert difference.sum() == 255 * 20
    assert sights[0].size == "16 x 12"


@pytest.mark.parametrize(
    ("shape", "dtype"),
    [
        ((20, 30), np.uint8),
        ((20, 30), np.uint16),
        ((20, 30, 2), np.uint8),
        ((20, 30, 3), np.uint8),
        ((20, 30, 4), np.uint8),
    ],
)
def test_pictures_of_every_form_are_shown(shape: tuple[int, ...], dtype: Any) -> None:
    full = np.iinfo(dtype).max
    sight = pair(Picture(np.zeros(shape, dtype)), Picture(np.full(shape, full, dtype)))
    assert opened(sight.before).shape == shape
    assert opened(sight.difference).min() == 255


def test_large_pictures_are_made_smaller() -> None:
    large = np.zeros((1000, 600, 3), np.uint8)
    sight = pair(Picture(large), Picture(large + np.uint8(9)))
    assert opened(sight.after).shape[:2] == (LARGEST_SIDE, LARGEST_SIDE * 6 // 10)


def test_pictures_of_two_sizes_have_no_difference() -> None:
    sight = pair(Picture(np.zeros((8, 9), np.uint8)), Picture(np.zeros((10, 9), np.uint8)))
    assert sight.difference is None
    assert sight.size == "9 x 8 -> 9 x 10"


def test_the_classes_of_a_mask_are_told_apart() -> None:
    before = np.zeros((10, 10), np.int64)
    after = before.copy()
    after[:, 5:] = 2
    sight = pair(before, after, "mask")
    assert set(np.unique(opened(sight.after))) == {0, 255}
    assert opened(sight.difference)[:, 5:].min() == 255


def test_there_are_no_more_than_one_can_look_at() -> None:
    before = {str(number): {"seen": Picture(np.zeros((8, 8), np.uint8))} for number in range(30)}
    after = {str(number): {"seen": Picture(np.full((8, 8), 9, np.uint8))} for number in range(30)}
    assert len(sights_of(replay_of(before, after))) == MOST_PICTURES
