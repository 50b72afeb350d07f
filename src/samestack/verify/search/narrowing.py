"""Bisection where some answers are likelier than others: a question halves what is likely, not what is there.

With equal weights it is the ordinary one, and it never asks more often than the weights call for.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def transition(weights: Sequence[float], holds: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """Where something begins to hold that does not of no things and does of all: ever narrower pairs.

    Of each ``(low, high)`` it does not hold of the first ``low`` and does of the first ``high``; the last
    pair is one apart. That it goes on to hold once it does is presupposed. ``weights[i]`` says how likely it
    is that thing ``i`` makes it hold.
    """
    low, high = 0, len(weights)
    while high - low > 1:
        middle = _middle(weights, low, high)
        if holds(middle):
            high = middle
        else:
            low = middle
        yield low, high


def shrunk(
    things: Sequence[T], weight: Callable[[T], float], is_good: Callable[[tuple[T, ...]], bool]
) -> Iterator[tuple[T, ...]]:
    """Ever smaller selections that are good; the last one is minimal: without any of its things it is not.

    That all together are good is presupposed, and that what is good stays so with more. Every selection
    that comes was asked about. Put what is likely to be needed in front.
    """
    needed: tuple[T, ...] = ()
    pool = tuple(things)
    while pool and not is_good(needed):
        count = len(pool)
        for count in _shorter(needed, pool, weight, is_good):
            yield (*needed, *pool[:count])
        needed, pool = (*needed, pool[count - 1]), pool[: count - 1]
    yield needed


def _shorter(
    needed: tuple[T, ...],
    pool: tuple[T, ...],
    weight: Callable[[T], float],
    is_good: Callable[[tuple[T, ...]], bool],
) -> Iterator[int]:
    """How many from the front are good together with what is needed, ever fewer."""
    shortest = len(pool)
    for _, count in transition(
        [weight(one) for one in pool], lambda count: is_good((*needed, *pool[:count]))
    ):
        if count < shortest:
            shortest = count
            yield count


def _middle(weights: Sequence[float], low: int, high: int) -> int:
    """The place strictly between that leaves the most equal weights on both sides."""
    total, before = sum(weights[low:high]), 0.0
    best, least = low + 1, total
    for place in range(low + 1, high):
        before += weights[place - 1]
        unequal = abs(total - 2 * before)
        if unequal < least:
            best, least = place, unequal
    return best
