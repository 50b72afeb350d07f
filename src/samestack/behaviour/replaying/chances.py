"""How often chance alone would make two recordings as different as they are.

If nothing changed, any division of all runs into as many recorded and as many new ones was as likely as the
real one. So each field is judged by its rank: the share of the divisions in which it deviates at least as
often. What all fields together come to is the smallest such share, and its own rank among the divisions is an
exact probability, whatever the answers are like and however many fields there are (the step-down principle of
Westfall and Young, 1993).
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import comb
from random import Random
from typing import Final

import numpy as np

from samestack.behaviour.recording.recording import Array
from samestack.behaviour.replaying.deviations import Division, Field, deviations
from samestack.behaviour.replaying.repeats import false_alarms
from samestack.behaviour.replaying.replayed import Chance

MOST_DIVISIONS: Final = 2000
"""Of more, so many are drawn; the draw is the same every time."""


def chances(fields: Mapping[str, Field], recorded: int, repeats: int) -> tuple[Chance, Mapping[str, float]]:
    """The chance of all fields together, and the share of each field that deviates."""
    runs, bound = recorded + repeats, false_alarms(recorded, repeats)
    real = tuple(range(recorded))
    if not any(deviations(field, real, runs).any() for field in fields.values()):
        return Chance(alike=1, divisions=1, bound=bound), {}
    divisions = _divisions(real, runs)
    numbers = [[deviations(field, one, runs).sum() for one in divisions] for field in fields.values()]
    shares = np.stack([_shares(np.array(each)) for each in numbers])
    is_alike = _is_as_extreme(shares)
    return (
        Chance(alike=int(is_alike.sum()), divisions=len(divisions), bound=bound),
        {name: float(share) for name, share in zip(fields, shares[:, 0], strict=True) if share < 1},
    )


def _divisions(real: Division, runs: int) -> Sequence[Division]:
    """The real one first."""
    if comb(runs, len(real)) <= MOST_DIVISIONS:
        return list(combinations(range(runs), len(real)))
    random = Random(0)  # noqa: S311 - a sample, not a secret
    drawn = (tuple(sorted(random.sample(range(runs), len(real)))) for _ in range(MOST_DIVISIONS - 1))
    return [real, *drawn]


def _shares(numbers: Array) -> Array:
    """For each division, the share of all that have at least as many deviations."""
    below = np.searchsorted(np.sort(numbers), numbers, side="left")
    return np.asarray((len(numbers) - below) / len(numbers))


def _is_as_extreme(shares: Array) -> Array:
    """Whether each division is as extreme as the first: by its smallest share, then by how many have that."""
    smallest = shares.min(axis=0)
    how_many = (shares <= smallest).sum(axis=0)
    is_equal = smallest == smallest[0]
    return np.asarray((smallest < smallest[0]) | (is_equal & (how_many >= how_many[0])))
