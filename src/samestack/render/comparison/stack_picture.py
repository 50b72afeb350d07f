"""The picture of a comparison: a stack of plates, one a layer, whole or broken where something differs.

The left half of a plate is the environment before, the right half the one after. Coordinates are those of an
SVG drawing, in its user units, y downwards.
"""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from samestack.compare.difference import Comparison
from samestack.model import Layer
from samestack.model.risk import Risk
from samestack.render.comparison.layer_differences import LayerDifferences, by_layer

Point = tuple[int, int]

PITCH: Final = 42
"""From one plate to the next; a line of the legend beside the picture is as high."""
WIDTH: Final = 300
"""Of the drawing."""

_MIDDLE: Final = 134
_HALF_WIDTH: Final = 112
_HALF_DEPTH: Final = 34
_THICKNESS: Final = 13
_MARGIN: Final = 2
_DRIFT: Final = 11
_CRACK: Final = ((0, -_HALF_DEPTH), (7, -19), (-6, -6), (6, 8), (-5, 19), (0, _HALF_DEPTH))
"""The line along which a plate breaks, from its far corner to its near one."""


class Half(Struct, frozen=True):
    """Half a plate: is it there, and the outlines of what can be seen of it, as SVG writes points."""

    is_stated: bool
    top: str
    side: str


class Plate(Struct, frozen=True, kw_only=True):
    """One layer in the picture; ``tone`` is ``same`` or the gravest risk of what differs in it."""

    layer: Layer
    tone: str
    middle: int
    """The height of the plate's middle."""
    edge: int
    """Where its right corner is: the line to its legend starts there."""
    halves: tuple[Half, Half]
    differences: LayerDifferences | None


def stack_picture(comparison: Comparison) -> tuple[Plate, ...]:
    """A plate for every layer, the deepest first, which is the order to draw them in."""
    layers = {one.layer: one for one in by_layer(comparison)}
    return tuple(_plate(layer, layers.get(layer)) for layer in Layer)


def picture_height() -> int:
    """The height of the drawing."""
    return (len(Layer) - 1) * PITCH + 2 * (_HALF_DEPTH + _MARGIN) + _THICKNESS


def _plate(layer: Layer, differences: LayerDifferences | None) -> Plate:
    tone = _tone(differences)
    drift = 0 if tone == "same" else _DRIFT
    middle = (len(Layer) - 1 - layer.rank) * PITCH + _HALF_DEPTH + _MARGIN
    before, after = _spoken(differences)
    left = _half(-1, drift, middle, is_stated=before)
    right = _half(1, drift, middle, is_stated=after)
    edge = _MIDDLE + _HALF_WIDTH + drift
    return Plate(
        layer=layer, tone=tone, middle=middle, edge=edge, halves=(left, right), differences=differences
    )


def _tone(differences: LayerDifferences | None) -> str:
    if differences is None:
        return "same"
    if differences.worst is not None:
        return differences.worst
    return Risk.UNKNOWN if differences.undecided else "same"


def _spoken(differences: LayerDifferences | None) -> tuple[bool, bool]:
    """Whether each side says anything of the layer, as far as the changes tell."""
    if differences is None or differences.listed or differences.minor or differences.agreed:
        return True, True
    return bool(differences.unstated_after), bool(differences.unstated_before)


def _half(direction: int, drift: int, middle: int, *, is_stated: bool) -> Half:
    x = _MIDDLE + direction * drift
    crack = _CRACK if drift else (_CRACK[0], _CRACK[-1])
    corner = (direction * _HALF_WIDTH, 0)
    near = _CRACK[-1]
    top = (*crack, corner)
    side = (near, corner, (corner[0], _THICKNESS), (near[0], near[1] + _THICKNESS))
    return Half(is_stated, _points(top, x, middle), _points(side, x, middle))


def _points(points: Iterable[Point], x: int, y: int) -> str:
    return " ".join(f"{x + across},{y + down}" for across, down in points)
