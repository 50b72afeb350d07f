"""What the third opinion looks at is the mark, wherever it is on the plate."""

from __future__ import annotations

from dataclasses import replace
from typing import List

import numpy as np
import pytest

from defect_detection.arrays import Picture, Values
from defect_detection.close_up import SIZE, close_up
from defect_detection.draw import draw
from defect_detection.parts import HEIGHT, WIDTH, Dent, Part, Point


@pytest.mark.parametrize("centre", [(200.0, 160.0), (12.0, 160.0), (430.0, 470.0)])
def test_a_dent_is_in_the_window(flawless: Part, centre: Point) -> None:
    pictures = [
        draw(replace(flawless, mark=mark), np.random.default_rng(0))
        for mark in (None, Dent(centre, radius=12.0, depth=0.3))
    ]
    seen = close_up(pictures[1])
    assert seen.holes == 9
    assert seen.mark is not None
    assert seen.mark.shape == (SIZE, SIZE, 3)
    rows, columns = np.nonzero(np.abs(pictures[1].astype(int) - pictures[0]).sum(axis=2) > 60)
    assert any(np.array_equal(window, seen.mark) for window in windows_over(pictures[1], rows, columns))


def windows_over(picture: Picture, rows: Values, columns: Values) -> List[Picture]:
    """All windows that contain the middle of what differs."""
    row, column = int(rows.mean()), int(columns.mean())
    tops = range(max(row - SIZE + 1, 0), min(row, HEIGHT - SIZE) + 1)
    lefts = range(max(column - SIZE + 1, 0), min(column, WIDTH - SIZE) + 1)
    return [picture[top : top + SIZE, left : left + SIZE] for top in tops for left in lefts]


def test_a_picture_of_one_colour_shows_no_mark() -> None:
    assert close_up(np.full((HEIGHT, WIDTH, 3), 128, dtype=np.uint8)) == (0, None)
