"""A drawing of boxes and links from left to right: which column, which order, which height.

Boxes stand in columns, every link leads to the right, no two boxes overlap. A link that passes a column has
a place of its own in it. Coordinates are in user units, y downwards; equal inputs give equal drawings.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from samestack.render.explanation.column_heights import Item, heights
from samestack.render.explanation.column_order import ordered_columns

GAP: Final = 18
"""Between two boxes of a column."""
CHANNEL: Final = 72
"""Between two columns, for the links."""
MARGIN: Final = 6
_PASSAGE: Final = 10
"""The height that a link takes in a column that it passes."""

Point = tuple[int, int]


class Box(Struct, frozen=True, kw_only=True):
    """Something to be placed, and its size."""

    key: str
    width: int
    height: int
    is_last: bool = False
    """Whether it belongs into the last column."""


class Link(Struct, frozen=True):
    """From a box to another; ``port`` is how far below the first one's top it begins."""

    source: str
    target: str
    port: int


class Layout(Struct, frozen=True, kw_only=True):
    """Where everything is."""

    width: int
    height: int
    corners: Mapping[str, Point]
    """The upper left corner of each box."""
    routes: tuple[tuple[Point, ...], ...]
    """For each link the points that it leads through, from left to right."""


def layout(boxes: Sequence[Box], links: Sequence[Link]) -> Layout:
    """Place the boxes; ``ValueError`` for links that lead in a circle."""
    by_key = {box.key: box for box in boxes}
    columns = _columns(boxes, links)
    chains = [_chain(index, link, columns) for index, link in enumerate(links)]
    items = _items(boxes, chains, columns)
    edges = [(one, other) for chain in chains for one, other in pairwise(chain)]
    order = ordered_columns(items, edges)
    sizes = {key: by_key[key].height if key in by_key else _PASSAGE for column in order for key in column}
    middles = heights([[Item(key, sizes[key]) for key in column] for column in order], edges, GAP)
    return _drawn(by_key, order, middles, links, chains)


def _columns(boxes: Sequence[Box], links: Sequence[Link]) -> dict[str, int]:
    """The column of each box: one further right than the last that leads to it."""
    incoming: dict[str, list[str]] = defaultdict(list)
    for link in links:
        incoming[link.target].append(link.source)
    columns: dict[str, int] = {}
    pending = [box.key for box in boxes]
    while pending:
        ready = [key for key in pending if all(source in columns for source in incoming[key])]
        if not ready:
            raise ValueError("links lead in a circle")
        for key in ready:
            columns[key] = max((columns[source] + 1 for source in incoming[key]), default=0)
        pending = [key for key in pending if key not in columns]
    last = max(columns.values(), default=0)
    return columns | {box.key: last for box in boxes if box.is_last}


def _chain(index: int, link: Link, columns: Mapping[str, int]) -> tuple[str, ...]:
    """The boxes of a link, and between them its passages through the columns that it passes."""
    passed = range(columns[link.source] + 1, columns[link.target])
    return (link.source, *(f"{index}\0{column}" for column in passed), link.target)


def _items(
    boxes: Sequence[Box], chains: Sequence[Sequence[str]], columns: Mapping[str, int]
) -> list[list[str]]:
    """What stands in each column, in the order in which it was given."""
    items: list[list[str]] = [[] for _ in range(max(columns.values(), default=-1) + 1)]
    for box in boxes:
        items[columns[box.key]].append(box.key)
    for chain in chains:
        for offset, key in enumerate(chain[1:-1], start=1):
            items[columns[chain[0]] + offset].append(key)
    return items


def _drawn(
    boxes: Mapping[str, Box],
    order: Sequence[Sequence[str]],
    middles: Mapping[str, int],
    links: Sequence[Link],
    chains: Sequence[Sequence[str]],
) -> Layout:
    widths = [max((boxes[key].width for key in column if key in boxes), default=0) for column in order]
    lefts = [MARGIN + sum(width + CHANNEL for width in widths[:index]) for index in range(len(widths))]
    column_of = {key: index for index, column in enumerate(order) for key in column}
    top = min((middles[key] - box.height // 2 for key, box in boxes.items()), default=0) - MARGIN
    corners = {
        key: (lefts[column_of[key]], middles[key] - box.height // 2 - top) for key, box in boxes.items()
    }
    routes = []
    for link, chain in zip(links, chains, strict=True):
        left, upper = corners[link.source]
        points = [(left + boxes[link.source].width, upper + link.port)]
        for key in chain[1:-1]:
            column = column_of[key]
            points += [(lefts[column] + across, middles[key] - top) for across in (0, widths[column])]
        left, upper = corners[link.target]
        routes.append((*points, (left, upper + boxes[link.target].height // 2)))
    bottoms = [corners[key][1] + box.height for key, box in boxes.items()]
    bottoms += [y for route in routes for _, y in route]
    return Layout(
        width=lefts[-1] + widths[-1] + MARGIN if widths else 2 * MARGIN,
        height=max(bottoms, default=0) + MARGIN,
        corners=corners,
        routes=tuple(routes),
    )
