"""Ways from a smaller closed set to a larger one, closed at each step, and where to cut them."""

from collections.abc import Sequence
from itertools import accumulate
from random import Random

from samestack.behaviour.bisecting.lattice.order import Members, Order


def random_chain(order: Order, lower: Members, upper: Members, random: Random) -> list[int]:
    """What the upper set has and the lower has not, in random order, but nothing before what it needs."""
    shuffled = sorted(upper - lower)
    random.shuffle(shuffled)
    chain: dict[int, None] = {}
    for one in shuffled:
        # Of two needs of which one needs the other, that one has more needs itself.
        missing = [need for need in shuffled if need in order.needs[one] and need not in chain]
        chain.update(dict.fromkeys(sorted(missing, key=lambda need: len(order.needs[need]))))
    return list(chain)


def cut(order: Order, lower: Members, chain: Sequence[int], parts: Sequence[float]) -> list[Members]:
    """The sets on a chain that come nearest to such parts of its weight, each a part of the next.

    Never all of the chain nor nothing of it; fewer sets than asked for where it is short.
    """
    reached = list(accumulate(order.weights[one] for one in chain))
    lengths = {
        min(range(1, len(chain)), key=lambda length: abs(reached[length - 1] - reached[-1] * part))
        for part in parts
    }
    return [lower.union(chain[:length]) for length in sorted(lengths)]


def even_parts(count: int) -> list[float]:
    """Parts that divide a whole evenly by so many cuts: a half, or a third and two thirds."""
    return [part / (count + 1) for part in range(1, count + 1)]


def parts_near_an_end(count: int, tries: int) -> list[float]:
    """Even parts at first, and with each failed try moved nearer to the beginning and to the end by turns.

    Near an end fewer hybrids crash, since nearly all is as it is in one that answers.
    """
    scale = 0.5 ** ((tries + 1) // 2)
    near_beginning = [part * scale for part in even_parts(count)]
    return near_beginning if tries % 2 else [1 - part for part in reversed(near_beginning)]
