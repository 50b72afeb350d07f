"""How many characters have to be put in, taken out or changed to turn one text into another."""

from collections.abc import Sequence
from typing import Final

import numpy as np

_MOST: Final = 10_000
"""Characters, or lines, that are compared one by one: time grows with the product of the two numbers."""


def similarity(first: str, second: str) -> float:
    """1 - edit distance / length of the longer text: 1 for the same, 0 for nothing in common.

    Texts that differ over more than 10 000 characters are compared line by line; those that differ over more
    than 10 000 lines have only their beginning and their end in common.
    """
    if first == second:
        return 1.0
    if _is_long(first, second):
        return _similarity(first.splitlines(keepends=True), second.splitlines(keepends=True))
    return _similarity(first, second)


def _similarity(first: Sequence[str], second: Sequence[str]) -> float:
    one, other = _without_ends(first, second)
    edits = max(len(one), len(other)) if _is_long(one, other) else _edits(one, other)
    return 1 - edits / max(len(first), len(second))


def _is_long(first: Sequence[str], second: Sequence[str]) -> bool:
    return max(map(len, _without_ends(first, second))) > _MOST


def _without_ends(first: Sequence[str], second: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Both without the beginning and the end that they share."""
    shortest = min(len(first), len(second))
    start = next((place for place in range(shortest) if first[place] != second[place]), shortest)
    most = shortest - start
    end = next((place for place in range(most) if first[-1 - place] != second[-1 - place]), most)
    return first[start : len(first) - end], second[start : len(second) - end]


def _edits(first: Sequence[str], second: Sequence[str]) -> int:
    """Levenshtein's distance, a row of his table at a time."""
    numbers = {item: number for number, item in enumerate(dict.fromkeys((*first, *second)))}
    codes = np.array([numbers[item] for item in second], dtype=np.int64)
    steps = np.arange(len(second) + 1)
    row = steps.copy()
    for item in first:
        changed = row[:-1] + (codes != numbers[item])
        best = np.concatenate(([row[0] + 1], np.minimum(changed, row[1:] + 1)))
        # Putting in costs one a step, so the cheapest way along the row is a running minimum.
        row = np.minimum.accumulate(best - steps) + steps
    return int(row[-1])
