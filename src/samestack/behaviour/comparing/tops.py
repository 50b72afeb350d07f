"""Which of several scores is the highest, and by how much: what decides a class."""

import numpy as np
from msgspec import Struct

from samestack.behaviour.comparing.tolerances import Closeness
from samestack.behaviour.recording.recording import Array


class Tops(Struct, frozen=True, kw_only=True):
    """The winner of each row of scores before and after; arrays with one element a row."""

    before: Array
    after: Array
    margin: Array
    """By how much it was decided: the larger of the old winner's lead before and the new one's lead after."""
    times: Array
    """The same in times of the difference that counts as a tie; 0 where the winner is the same."""


def tops(before: Array, after: Array, tolerance: Closeness) -> Tops:
    """The winners of two tables of scores of the same shape; what is no number never wins."""
    first, second = comparable(before), comparable(after)
    row = np.arange(len(before))
    old, new = first.argmax(axis=1), second.argmax(axis=1)
    with np.errstate(all="ignore"):
        leads = np.maximum(first[row, old] - first[row, new], second[row, new] - second[row, old])
        margin = np.nan_to_num(leads, posinf=np.inf)
        times = np.nan_to_num(margin / tie(before, after, tolerance), posinf=np.inf)
    return Tops(before=old, after=new, margin=margin, times=np.where(old == new, 0.0, times))


def comparable(scores: Array) -> Array:
    """Scores of which each is more, less or equal to any other: no number is less than all."""
    return np.where(np.isnan(scores), -np.inf, scores)


def tie(before: Array, after: Array, tolerance: Closeness) -> Array:
    """For each row, how far apart two scores may be to count as a tie."""
    together = np.concatenate([before, after], axis=1)
    largest = np.abs(np.where(np.isfinite(together), together, 0.0)).max(axis=1, initial=0.0)
    allowed: Array = tolerance.atol + tolerance.rtol * largest
    return allowed
