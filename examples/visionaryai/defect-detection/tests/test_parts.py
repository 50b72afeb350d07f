"""What makes a part good or bad."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from defect_detection.parts import REJECTED_DENT, REJECTED_EXPOSURE, VERDICTS, Dent, Part, Scratch, invent


def scratch(exposure: float) -> Scratch:
    return Scratch((150, 150), (200, 160), (250, 150), width=1.0, exposure=exposure, shine=0.5)


def test_the_same_random_numbers_make_the_same_part() -> None:
    assert invent(np.random.default_rng(5)) == invent(np.random.default_rng(5))


def test_every_verdict_is_the_truth_about_some_part() -> None:
    truths = {invent(np.random.default_rng(seed)).truth for seed in range(80)}
    assert truths == set(VERDICTS)


def test_a_plate_without_a_mark_is_good(flawless: Part) -> None:
    assert flawless.truth == "ok"


@pytest.mark.parametrize(
    ("exposure", "truth"), [(REJECTED_EXPOSURE - 0.01, "ok"), (REJECTED_EXPOSURE, "scratch")]
)
def test_a_scratch_is_a_defect_once_it_bares_the_metal(flawless: Part, exposure: float, truth: str) -> None:
    assert replace(flawless, mark=scratch(exposure)).truth == truth


@pytest.mark.parametrize(("depth", "truth"), [(REJECTED_DENT - 0.01, "ok"), (REJECTED_DENT, "dent")])
def test_a_dent_is_a_defect_once_it_is_deep(flawless: Part, depth: float, truth: str) -> None:
    assert replace(flawless, mark=Dent((200, 160), 10.0, depth)).truth == truth


def test_a_missing_hole_outweighs_a_mark(flawless: Part) -> None:
    holes = (replace(flawless.holes[0], depth=0.1), *flawless.holes[1:])
    assert replace(flawless, holes=holes, mark=scratch(0.9)).truth == "missing-hole"
