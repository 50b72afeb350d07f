"""The small window of a picture that shows the strongest mark, for a network that looks at pixels."""

from __future__ import annotations

from typing import NamedTuple, Optional

import cv2

from .arrays import Picture
from .holes import find_holes
from .marks import strongest_outline
from .parts import HEIGHT, WIDTH

SIZE = 64
"""Width and height of the window, in pixels: a whole dent, or the middle of a scratch."""


class CloseUp(NamedTuple):
    """What there is to look at: how many holes, and the mark if there is one."""

    holes: int
    mark: Optional[Picture]
    """8-bit RGB, shape (64, 64, 3)."""


def close_up(picture: Picture) -> CloseUp:
    """Cut out the strongest mark."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    holes = find_holes(grey)
    outline = strongest_outline(picture, grey, holes)
    if outline is None:
        return CloseUp(len(holes), None)
    x, y = outline[:, 0, :].mean(axis=0)
    left, top = _start(x, WIDTH), _start(y, HEIGHT)
    return CloseUp(len(holes), picture[top : top + SIZE, left : left + SIZE])


def _start(centre: float, length: int) -> int:
    """Where the window begins, so that none of it is beside the picture."""
    return min(max(int(centre) - SIZE // 2, 0), length - SIZE)
