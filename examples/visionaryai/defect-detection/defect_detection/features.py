"""Measures a picture, and turns the measurements into the numbers that the model weighs."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from .arrays import Picture, Values
from .holes import find_holes
from .marks import strongest_mark


class Features(NamedTuple):
    """What was measured on one picture: the holes, and the strongest mark (see ``marks.Mark``)."""

    holes: float
    mark_area: float
    mark_length: float
    mark_contrast: float
    mark_bareness: float
    mark_direction_spread: float


def measure(picture: Picture) -> Features:
    """Measure one picture."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    holes = find_holes(grey)
    return Features(float(len(holes)), *strongest_mark(picture, grey, holes))


def to_vector(features: Features) -> Values:
    """The model's input, shape (6,). Sizes and the contrast enter by their logarithm."""
    return np.array(
        [
            features.holes,
            np.log1p(features.mark_area),
            np.log1p(features.mark_length),
            np.log1p(features.mark_contrast),
            features.mark_bareness,
            features.mark_direction_spread,
        ]
    )
