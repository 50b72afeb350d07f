"""Holes are counted, and marks are measured for what they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from defect_detection.draw import draw
from defect_detection.features import Features, measure, to_vector
from defect_detection.parts import HEIGHT, WIDTH, Dent, Part, Scratch

SCRATCH = Scratch((150, 150), (200, 165), (250, 150), width=1.2, exposure=0.9, shine=0.5)
DENT = Dent((200, 160), radius=12.0, depth=0.3)


def measured(part: Part) -> Features:
    return measure(draw(part, np.random.default_rng(0)))


def test_a_flawless_plate_shows_nine_holes_and_no_mark_of_size(flawless: Part) -> None:
    features = measured(flawless)
    assert features.holes == 9
    assert features.mark_area < 60


@pytest.mark.parametrize("chosen", [0, 4, 8])
def test_a_hole_that_was_not_drilled_is_not_counted(flawless: Part, chosen: int) -> None:
    holes = list(flawless.holes)
    holes[chosen] = replace(holes[chosen], depth=0.0)
    assert measured(replace(flawless, holes=tuple(holes))).holes == 8


def test_a_scratch_is_as_long_as_it_was_drawn(flawless: Part) -> None:
    assert measured(replace(flawless, mark=SCRATCH)).mark_length == pytest.approx(100.0, abs=12.0)


def test_a_scratch_is_bare_metal_and_a_dent_is_not(flawless: Part) -> None:
    scratched, dented = (measured(replace(flawless, mark=mark)) for mark in (SCRATCH, DENT))
    assert scratched.mark_bareness > 0.5
    assert dented.mark_bareness < 0.2


def test_only_the_edges_of_a_scratch_are_parallel(flawless: Part) -> None:
    scratched, dented = (measured(replace(flawless, mark=mark)) for mark in (SCRATCH, DENT))
    assert scratched.mark_direction_spread < dented.mark_direction_spread


def test_the_deeper_the_dent_the_greater_the_contrast(flawless: Part) -> None:
    shallow, deep = (measured(replace(flawless, mark=replace(DENT, depth=d))) for d in (0.15, 0.35))
    assert shallow.mark_contrast < deep.mark_contrast


@pytest.mark.parametrize("brightness", [0, 128, 255])
def test_a_picture_of_one_colour_has_neither_holes_nor_marks(brightness: int) -> None:
    features = measure(np.full((HEIGHT, WIDTH, 3), brightness, dtype=np.uint8))
    assert features == Features(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    assert not to_vector(features).any()
