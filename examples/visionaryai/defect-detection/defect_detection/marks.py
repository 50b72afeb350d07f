"""Finds the strongest mark on a plate: what stands out from the brushed texture between the holes."""

from __future__ import annotations

from typing import List, NamedTuple, Optional, Tuple

import cv2
import numpy as np
from scipy.stats import circvar

from .arrays import Grey, Mask, Outline, Picture, Plane

HOLE_RIM = 13
"""Pixels that a hole's rim and its blur take up together, inside and outside of its outline."""
LIGHT_WINDOW = 61
"""Width and height of the square whose mean brightness is taken for the light in its middle."""
SIGNIFICANCE = 4.0
"""How many standard deviations of the texture a mark's pixels differ from the plate."""
GAP = 9
"""Interruptions of a mark of up to this many pixels are closed."""
NORMAL_MAD = 1.4826
"""The standard deviation of a normal distribution over its median absolute deviation."""


class Mark(NamedTuple):
    """What a mark looks like; lengths are in pixels.

    ``contrast`` is the mean difference from the plate, in standard deviations of the texture.
    ``bareness`` is the share of the coating's colour that is gone where the mark is barest: metal is grey.
    ``direction_spread`` is the circular variance of the brightness gradients' axes: small along a scratch,
    whose two edges are parallel, and large around anything round.
    """

    area: float
    length: float
    contrast: float
    bareness: float
    direction_spread: float


NO_MARK = Mark(area=0.0, length=0.0, contrast=0.0, bareness=0.0, direction_spread=0.0)


def strongest_mark(picture: Picture, grey: Grey, holes: List[Outline]) -> Mark:
    """The mark with the greatest area times contrast, or ``NO_MARK`` where nothing stands out."""
    return _strongest(picture, grey, holes)[0]


def strongest_outline(picture: Picture, grey: Grey, holes: List[Outline]) -> Optional[Outline]:
    """Where that mark is; None where nothing stands out."""
    return _strongest(picture, grey, holes)[1]


def _strongest(picture: Picture, grey: Grey, holes: List[Outline]) -> Tuple[Mark, Optional[Outline]]:
    plate = _plate(grey, holes)
    relief = _relief(grey, plate)
    bareness = _bareness(picture, plate)
    directions = _gradient_directions(relief)
    marks = [(_describe(outline, relief, bareness, directions), outline) for outline in _outlines(relief)]
    return max(marks, key=lambda found: found[0].area * found[0].contrast, default=(NO_MARK, None))


def _plate(grey: Grey, holes: List[Outline]) -> Mask:
    """Where there is plate, and neither a hole nor its rim."""
    drilled = np.zeros(grey.shape, np.uint8)
    cv2.drawContours(drilled, holes, -1, 1, cv2.FILLED)
    return cv2.dilate(drilled, np.ones((HOLE_RIM, HOLE_RIM), np.uint8)) == 0


def _relief(grey: Grey, plate: Mask) -> Plane:
    """How far each pixel differs from the light around it, in standard deviations; 0 off the plate."""
    weight = plate.astype(np.float32)
    window = (LIGHT_WINDOW, LIGHT_WINDOW)
    light = cv2.blur(grey * weight, window) / np.maximum(cv2.blur(weight, window), 1e-6)
    relief = cv2.GaussianBlur((grey / np.maximum(light, 1.0) - 1.0) * weight, (5, 5), 0) * weight
    texture = NORMAL_MAD * np.median(np.abs(relief[plate]))
    return relief / max(texture, 1e-6)


def _bareness(picture: Picture, plate: Mask) -> Plane:
    """0 where the coating is whole and 1 where all of its colour is gone."""
    saturation = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV)[:, :, 1].astype(np.float32)
    return 1.0 - saturation / max(np.median(saturation[plate]), 1.0)


def _gradient_directions(relief: Plane) -> Plane:
    """The direction in which each pixel's surroundings get brighter, in radians."""
    return np.arctan2(cv2.Sobel(relief, cv2.CV_32F, 0, 1), cv2.Sobel(relief, cv2.CV_32F, 1, 0))


def _outlines(relief: Plane) -> List[Outline]:
    standing_out = (np.abs(relief) > SIGNIFICANCE).astype(np.uint8)
    closed = cv2.morphologyEx(standing_out, cv2.MORPH_CLOSE, np.ones((GAP, GAP), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return list(outlines)


def _describe(outline: Outline, relief: Plane, bareness: Plane, directions: Plane) -> Mark:
    covered = np.zeros(relief.shape, np.uint8)
    cv2.drawContours(covered, [outline], -1, 1, cv2.FILLED)
    inside = covered > 0
    _, sides, _ = cv2.minAreaRect(outline)
    return Mark(
        area=float(np.count_nonzero(inside)),
        length=float(max(sides)) + 1.0,
        contrast=float(np.abs(relief[inside]).mean()),
        bareness=float(bareness[inside].max()),
        # An edge seen from its other side has the opposite direction; doubled, both angles agree.
        direction_spread=float(circvar(2.0 * directions[inside])),
    )
