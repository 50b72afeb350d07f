"""The picture of an image: a block for each layer, in it a cell for each package, as large as its files.

Coordinates are those of an SVG drawing, in its user units, y downwards.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from samestack.image.sizes.sizes import LayerSize, Share, Sizes
from samestack.render.images.byte_words import byte_words
from samestack.render.images.squarified import Rectangle, squarified

WIDTH: Final = 1120
HEIGHT: Final = 640

_HEAD: Final = 17
"""The height of a block's head line."""
_MARGIN: Final = 2
_LEAST_AREA: Final = 24.0
"""Square units; what is smaller is drawn together with what else is so."""
_CHARACTER: Final = 6.3
"""The width of a character of the labels, a little too wide."""
_LINE: Final = 15
_HIDDEN: Final = "hidden by layers above"


class Cell(Struct, frozen=True, kw_only=True):
    """One rectangle with what stands in it."""

    place: Rectangle
    tone: str
    """``python``, ``conda``, ``system``, ``place``, ``hidden`` or ``rest``."""
    title: str
    """All that is known of it, shown to whoever points at it."""
    lines: tuple[str, ...] = ()
    """What there is room for."""


class Block(Struct, frozen=True, kw_only=True):
    """A layer: its head line, and its cells."""

    place: Rectangle
    title: str
    head: str
    """What there is room for in its head line; empty where there is no room for one."""
    cells: tuple[Cell, ...]


class _Part(Struct, frozen=True):
    """Something that becomes a cell."""

    label: str
    tone: str
    weight: int


def treemap(sizes: Sizes) -> tuple[Block, ...]:
    """A block for every layer that has files, the largest first; small layers share one."""
    layers = sorted((one for one in sizes.layers if one.unpacked), key=lambda one: -one.unpacked)
    drawn, rest = _drawn(layers, sum(one.unpacked for one in layers))
    weights = [one.unpacked for one in drawn] + ([sum(one.unpacked for one in rest)] if rest else [])
    places = squarified(weights, Rectangle(0, 0, WIDTH, HEIGHT))
    blocks = [_block(one, sizes.shares, place) for one, place in zip(drawn, places, strict=False)]
    return (*blocks, *([_together(rest, places[-1])] if rest else []))


def _drawn(layers: Sequence[LayerSize], total: int) -> tuple[Sequence[LayerSize], Sequence[LayerSize]]:
    """The layers that can be seen, and those that are too small for it."""
    least = _LEAST_AREA / (WIDTH * HEIGHT) * total
    count = sum(one.unpacked >= least for one in layers)
    return (layers, ()) if count >= len(layers) - 1 else (layers[:count], layers[count:])


def _block(layer: LayerSize, shares: Sequence[Share], place: Rectangle) -> Block:
    parts = _parts(layer, [one for one in shares if one.layer == layer.number and one.unpacked])
    what = parts[0].label if len(parts) == 1 else layer.title
    head = _fitting(f"{layer.number}  {what}", place.width - 8) if place.height > 3 * _HEAD else ""
    inside = place.inset(_MARGIN, top=_HEAD if head else _MARGIN)
    sizes = f"{byte_words(layer.moved)} moved, {byte_words(layer.unpacked)} unpacked"
    title = f"layer {layer.number}: {layer.title}, {sizes}"
    return Block(place=place, title=title, head=head, cells=tuple(_cells(parts, inside)))


def _parts(layer: LayerSize, shares: Sequence[Share]) -> list[_Part]:
    parts = [_Part(one.owner.label, one.owner.kind, one.unpacked) for one in shares]
    if layer.hidden:
        parts.append(_Part(_HIDDEN, "hidden", layer.hidden))
    return sorted(parts, key=lambda one: (-one.weight, one.label))


def _together(layers: Sequence[LayerSize], place: Rectangle) -> Block:
    label = f"{len(layers)} small layers"
    part = _Part(label, "rest", sum(one.unpacked for one in layers))
    cells = tuple(_cells([part], place.inset(_MARGIN, top=_MARGIN)))
    return Block(place=place, title=label, head="", cells=cells)


def _cells(parts: Sequence[_Part], inside: Rectangle) -> Iterator[Cell]:
    total = sum(one.weight for one in parts)
    if not total or not inside.area:
        return
    kept = _joined(parts, _LEAST_AREA / inside.area * total)
    for part, place in zip(kept, squarified([one.weight for one in kept], inside), strict=True):
        yield Cell(
            place=place,
            tone=part.tone,
            title=f"{part.label}, {byte_words(part.weight)}",
            lines=tuple(_lines(part, place)),
        )


def _joined(parts: Sequence[_Part], least: float) -> Sequence[_Part]:
    """The parts that can be seen, and one for all the others."""
    count = sum(one.weight >= least for one in parts)
    small = parts[count:]
    if len(small) < 2:
        return parts
    return (*parts[:count], _Part(f"{len(small)} smaller ones", "rest", sum(one.weight for one in small)))


def _lines(part: _Part, place: Rectangle) -> Iterator[str]:
    if place.height >= _LINE + 3 and (name := _fitting(part.label, place.width - 6)):
        yield name
        size = byte_words(part.weight)
        if place.height >= 2 * _LINE + 3 and _fitting(size, place.width - 6) == size:
            yield size


def _fitting(text: str, room: float) -> str:
    """As much of a text as there is room for; nothing where that would say nothing."""
    most = int(room / _CHARACTER)
    if len(text) <= most:
        return text
    return f"{text[: most - 1]}\N{HORIZONTAL ELLIPSIS}" if most > 3 else ""
