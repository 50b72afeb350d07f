"""Where things were found in a picture: every box has its counterpart, in whatever order."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from samestack.behaviour.comparing.arrays import real_numbers, rows, unfit
from samestack.behaviour.comparing.box_table import Boxes, boxes_of, columns_of
from samestack.behaviour.comparing.described import figure
from samestack.behaviour.comparing.judgement import Judgement, judged
from samestack.behaviour.comparing.overlap import turned_overlap, upright_overlap
from samestack.behaviour.comparing.tolerances import BoxesTolerance
from samestack.behaviour.recording.recording import Array, Value

_SCORE_WEIGHT: Final = 1e-6
"""Of boxes that overlap alike, those of like scores belong together."""


def compare(reference: Value, answer: Value, tolerance: BoxesTolerance) -> Judgement:
    """The distance is the worst of all boxes: how many times as far off as is allowed.

    That is what its overlap lacks, or by how much its score differs. A box without a counterpart of its class
    overlaps by 0.
    """
    before, after = _tables(reference, answer)
    if not len(before) and not len(after):
        return judged(0, 0)
    columns = columns_of((before, after), tolerance.columns)
    return _judged(boxes_of(before, columns), boxes_of(after, columns), tolerance)


def order_of(
    reference: Value, answer: Value, others: Sequence[tuple[Array, Array]], tolerance: BoxesTolerance
) -> Array:
    """The order in which the answer's boxes belong to the reference's, which has as many.

    ``others`` are more columns of both: of boxes that overlap alike, those with the same in them match.
    """
    before, after = _tables(reference, answer)
    columns = columns_of((before, after), tolerance.columns)
    first, second = boxes_of(before, columns), boxes_of(after, columns)
    differences = _score_differences(first, second)
    for one, other in others:
        differences = differences + _column_differences(one, other)
    return _matched(_overlaps(first, second), differences / (1 + len(others)))[1]


def _column_differences(before: Array, after: Array) -> Array:
    """By how much each of one column differs from each of another: by 1 at most."""
    first, second = before.reshape(len(before), 1, -1), after.reshape(1, len(after), -1)
    if first.shape[2] != second.shape[2] or not first.shape[2]:
        return np.zeros((len(before), len(after)))
    if {before.dtype.kind, after.dtype.kind} == {"f"}:
        with np.errstate(all="ignore"):
            differences = np.abs(first.astype(np.float64) - second.astype(np.float64))
        return np.asarray(np.minimum(np.nan_to_num(differences, nan=1.0), 1).mean(axis=2))
    return np.asarray((first != second).mean(axis=2))


def _tables(reference: Value, answer: Value) -> tuple[Array, Array]:
    """Both as tables; an empty one, of whatever shape, has as many columns as the other."""
    before, after = (rows(real_numbers(value, "boxes")) for value in (reference, answer))
    if not before.size:
        before = np.zeros((0, after.shape[1]))
    if not after.size:
        after = np.zeros((0, before.shape[1]))
    return before, after if after.shape[1] == before.shape[1] else unfit(answer, "the boxes that it had been")


def _judged(before: Boxes, after: Boxes, tolerance: BoxesTolerance) -> Judgement:
    overlaps, differences = _overlaps(before, after), _score_differences(before, after)
    old, new = _matched(overlaps, differences)
    overlap, difference = overlaps[old, new], differences[old, new]
    alone = 1 / (1 - tolerance.iou)
    times = np.maximum((1 - overlap) * alone, _times(difference, tolerance.atol))
    touching = int((overlap > 0).sum())
    gone, come = len(before.table) - touching, len(after.table) - touching
    distance = max(float(times.max(initial=0)), alone if gone or come else 0.0)
    parts = [f"{gone} gone"] * bool(gone) + [f"{come} new"] * bool(come)
    parts += _worst(old, times, overlap, difference)
    return judged(distance, tolerance.allowed, ", ".join(parts))


def _overlaps(before: Boxes, after: Boxes) -> Array:
    if before.upright is not None and after.upright is not None:
        overlaps = upright_overlap(before.upright, after.upright)
    else:
        overlaps = turned_overlap(before.corners, after.corners)
    # A box without area overlaps with nothing but itself.
    overlaps = np.where(_equal(before.table, after.table).all(axis=2), 1.0, overlaps)
    if before.classes is not None and after.classes is not None:
        is_same_class = _equal(before.classes[:, None], after.classes[:, None]).all(axis=2)
        overlaps = np.where(is_same_class, overlaps, 0.0)
    return overlaps


def _score_differences(before: Boxes, after: Boxes) -> Array:
    if before.scores is None or after.scores is None:
        return np.zeros((len(before.table), len(after.table)))
    with np.errstate(all="ignore"):
        differences = np.nan_to_num(np.abs(before.scores[:, None] - after.scores[None]), nan=np.inf)
    is_same = _equal(before.scores[:, None], after.scores[:, None]).all(axis=2)
    return np.where(is_same, 0.0, differences)


def _equal(first: Array, second: Array) -> Array:
    """Each row of one with each row of the other; NaN is equal to itself."""
    one, other = first[:, None], second[None]
    return np.asarray((one == other) | (np.isnan(one) & np.isnan(other)))


def _matched(overlaps: Array, differences: Array) -> tuple[Array, Array]:
    """Who belongs to whom so that the overlap of all is largest (Kuhn's Hungarian method)."""
    from scipy.optimize import linear_sum_assignment

    gain = overlaps - _SCORE_WEIGHT * np.minimum(differences, 1)
    old, new = linear_sum_assignment(gain, maximize=True)
    return old, new


def _times(differences: Array, allowed: float) -> Array:
    with np.errstate(all="ignore"):
        return np.where(differences == 0, 0.0, differences / allowed)


def _worst(old: Array, times: Array, overlap: Array, difference: Array) -> list[str]:
    """The box that is furthest off of those that have a counterpart."""
    touching = np.flatnonzero(overlap > 0).tolist()
    worst = max(touching, key=times.__getitem__, default=None)
    if worst is None or not times[worst]:
        return []
    score = f", its score is {figure(difference[worst])} off" if difference[worst] else ""
    return [f"box {old[worst]} overlaps by {overlap[worst]:.4g}{score}"]
