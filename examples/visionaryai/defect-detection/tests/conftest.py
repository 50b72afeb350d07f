"""Parts and pictures that the tests share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from defect_detection.draw import draw_parts
from defect_detection.parts import HOLE_CENTRES, HOLE_RADIUS, Hole, Part, Surface

PARTS = 36


@pytest.fixture
def flawless() -> Part:
    """A plate with nine good holes and no mark, in even light."""
    holes = tuple(Hole(centre, HOLE_RADIUS) for centre in HOLE_CENTRES)
    return Part(holes, Surface(brightness=1.0, grain=0.03, light=(0.05, -0.05), noise=3.0))


@pytest.fixture
def random() -> np.random.Generator:
    """The same random numbers for every test."""
    return np.random.default_rng(0)


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of drawn pictures with their truth."""
    folder = tmp_path_factory.mktemp("pictures")
    draw_parts(folder, count=PARTS, seed=3)
    return folder
