"""The order within the columns of a drawing in which few links cross each other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

_SWEEPS: Final = 12

Edge = tuple[str, str]


def ordered_columns(columns: Sequence[Sequence[str]], edges: Sequence[Edge]) -> list[list[str]]:
    """The columns, each in an order of its own: the best that was met on the way to and fro.

    Every edge leads from one column to the next. Each sweep orders a column by the mean place of what its
    members are linked with in the column before (Sugiyama's barycentres).
    """
    before, after = _neighbours(edges)
    current = [list(column) for column in columns]
    best, fewest = current, crossings(current, edges)
    for sweep in range(_SWEEPS):
        to_the_right = sweep % 2 == 0
        current = _swept(current, before if to_the_right else after, to_the_right=to_the_right)
        count = crossings(current, edges)
        if count < fewest:
            best, fewest = current, count
    return best


def crossings(columns: Sequence[Sequence[str]], edges: Sequence[Edge]) -> int:
    """How many pairs of edges cross."""
    place = {key: index for column in columns for index, key in enumerate(column)}
    column_of = {key: index for index, column in enumerate(columns) for key in column}
    by_column: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one, other in edges:
        by_column[column_of[one]].append((place[one], place[other]))
    return sum(
        (one[0] - other[0]) * (one[1] - other[1]) < 0
        for ends in by_column.values()
        for index, one in enumerate(ends)
        for other in ends[index + 1 :]
    )


def _neighbours(edges: Sequence[Edge]) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    for one, other in edges:
        after[one].append(other)
        before[other].append(one)
    return before, after


def _swept(
    columns: Sequence[Sequence[str]], neighbours: Mapping[str, Sequence[str]], *, to_the_right: bool
) -> list[list[str]]:
    swept = [list(column) for column in columns]
    indexes = range(len(swept)) if to_the_right else range(len(swept) - 1, -1, -1)
    place: dict[str, float] = {}
    for index in indexes:
        column = swept[index]
        own = {key: float(position) for position, key in enumerate(column)}
        means = {key: _mean([place[one] for one in neighbours.get(key, ())], own[key]) for key in column}
        column.sort(key=lambda key, means=means, own=own: (means[key], own[key]))  # type: ignore[misc]
        place |= {key: float(position) for position, key in enumerate(column)}
    return swept


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
