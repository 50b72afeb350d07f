"""A rectangle divided by weights into rectangles that are as square as they can be.

The squarified layout of Bruls, Huizing and van Wijk, "Squarified Treemaps" (2000): along the shorter side of
what is left, a row takes one weight after the other for as long as its worst rectangle gets no longer.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from msgspec import Struct

_LONGEST_ROW: Final = 50
"""So that equal weights by the thousand do not take a square of that time."""


class Rectangle(Struct, frozen=True):
    """A part of a drawing, y downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """In square units."""
        return self.width * self.height

    def inset(self, margin: float, *, top: float) -> "Rectangle":
        """What is left inside of margins; nothing of a rectangle that has no room for them."""
        width, height = self.width - 2 * margin, self.height - margin - top
        return Rectangle(self.x + margin, self.y + top, max(width, 0.0), max(height, 0.0))


def squarified(weights: Sequence[float], within: Rectangle) -> tuple[Rectangle, ...]:
    """A rectangle for each weight, its area in proportion; together they fill ``within``.

    The weights are positive, and the squarest rectangles come of weights that descend.
    """
    total = sum(weights)
    scale = within.area / total if total else 0.0
    return tuple(_rows([weight * scale for weight in weights], within))


def _rows(areas: Sequence[float], rest: Rectangle) -> Iterator[Rectangle]:
    at = 0
    while at < len(areas):
        row = areas[at : at + _row_length(areas, at, min(rest.width, rest.height))]
        at += len(row)
        placed, rest = _row(row, rest, is_last=at == len(areas))
        yield from placed


def _row_length(areas: Sequence[float], start: int, side: float) -> int:
    """How many areas from ``start`` make a row along a side, so that the longest is shortest."""
    most = min(len(areas) - start, _LONGEST_ROW)
    length, worst = 1, _worst(areas[start : start + 1], side)
    while length < most:
        longer = _worst(areas[start : start + length + 1], side)
        if longer > worst:
            break
        length, worst = length + 1, longer
    return length


def _worst(row: Sequence[float], side: float) -> float:
    """How much longer than wide the longest rectangle of a row is."""
    total, least, most = sum(row), min(row), max(row)
    if not least or not side:
        return float("inf")
    return max(side * side * most / (total * total), total * total / (side * side * least))


def _row(row: Sequence[float], rest: Rectangle, *, is_last: bool) -> tuple[list[Rectangle], Rectangle]:
    """The rectangles of a row along the shorter side, and what the row leaves."""
    is_upright = rest.width >= rest.height
    side, depth = (rest.height, rest.width) if is_upright else (rest.width, rest.height)
    total = sum(row)
    thick = depth if is_last or not side else min(total / side, depth)
    ends = [end / total * side if total else 0.0 for end in accumulate(row)]
    begins = [0.0, *ends[:-1]]
    if is_upright:
        left = Rectangle(rest.x + thick, rest.y, max(rest.width - thick, 0.0), rest.height)
        spans = zip(begins, ends, strict=True)
        return [Rectangle(rest.x, rest.y + begin, thick, end - begin) for begin, end in spans], left
    left = Rectangle(rest.x, rest.y + thick, rest.width, max(rest.height - thick, 0.0))
    spans = zip(begins, ends, strict=True)
    return [Rectangle(rest.x + begin, rest.y, end - begin, thick) for begin, end in spans], left
