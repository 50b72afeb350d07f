"""Finds the drilled holes on a picture."""

from __future__ import annotations

from typing import List

import cv2
import numpy as np

from .arrays import Grey, Outline

HOLE_AREA = (1000.0, 2200.0)
"""Least and greatest area of a hole, in square pixels."""
HOLE_ROUNDNESS = 0.8
"""Least area of a hole's outline against that of the smallest circle around it."""


def find_holes(grey: Grey) -> List[Outline]:
    """The outlines of the dark round spots of a hole's size."""
    smooth = cv2.medianBlur(grey, 5)
    _, dark = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(dark, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return [outline for outline in outlines if _is_hole(outline)]


def _is_hole(outline: Outline) -> bool:
    area = cv2.contourArea(outline)
    _, radius = cv2.minEnclosingCircle(outline)
    return bool(HOLE_AREA[0] <= area <= HOLE_AREA[1] and area >= HOLE_ROUNDNESS * np.pi * radius**2)
