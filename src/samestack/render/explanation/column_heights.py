"""The heights at which the members of columns stand: near what they are linked with, and apart."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

_SWEEPS: Final = 8


class Item(Struct, frozen=True):
    """A member of a column and its height."""

    key: str
    height: int


def heights(columns: Sequence[Sequence[Item]], edges: Sequence[tuple[str, str]], gap: int) -> dict[str, int]:
    """The middle of every item. The order within a column stays, and so does the gap between two items."""
    linked: dict[str, list[str]] = defaultdict(list)
    for one, other in edges:
        linked[one].append(other)
        linked[other].append(one)
    column_of = {item.key: index for index, column in enumerate(columns) for item in column}
    middles: dict[str, float] = {}
    for column in columns:
        middles |= _apart(column, dict.fromkeys((item.key for item in column), 0.0), gap)
    for sweep in range(_SWEEPS):
        step = 1 if sweep % 2 == 0 else -1
        for column in columns[::step]:
            wanted = {item.key: _wanted(item.key, linked, column_of, middles, step) for item in column}
            middles |= _apart(column, wanted, gap)
    return {key: round(middle) for key, middle in middles.items()}


def _wanted(
    key: str,
    linked: Mapping[str, Sequence[str]],
    column_of: Mapping[str, int],
    middles: Mapping[str, float],
    step: int,
) -> float:
    """The mean height of what it is linked with in the column before, on the way that the sweep goes."""
    before = [middles[one] for one in linked.get(key, ()) if (column_of[key] - column_of[one]) * step > 0]
    return sum(before) / len(before) if before else middles[key]


def _apart(column: Sequence[Item], wanted: Mapping[str, float], gap: int) -> dict[str, float]:
    """The places nearest to the wanted ones, by least squares, that keep the order and the distances.

    With the least distances taken off, the places only have to rise: that is isotonic regression, done by
    pooling neighbours that would fall.
    """
    offsets = [0.0]
    for upper, lower in pairwise(column):
        offsets.append(offsets[-1] + (upper.height + lower.height) / 2 + gap)
    pools: list[tuple[float, int]] = []
    for item, offset in zip(column, offsets, strict=False):
        mean, size = wanted[item.key] - offset, 1
        while pools and pools[-1][0] > mean:
            other, number = pools.pop()
            mean, size = (mean * size + other * number) / (size + number), size + number
        pools.append((mean, size))
    places = [mean for mean, size in pools for _ in range(size)]
    return {item.key: place + offset for item, place, offset in zip(column, places, offsets, strict=False)}
