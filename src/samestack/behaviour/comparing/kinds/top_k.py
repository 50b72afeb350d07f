"""The best few: which they are counts, and their order where their scores are no ties."""

from typing import Final

import numpy as np

from samestack.behaviour.comparing.arrays import labels, real_numbers, rows, unfit
from samestack.behaviour.comparing.described import shape_of
from samestack.behaviour.comparing.judgement import Judgement, apart, judged
from samestack.behaviour.comparing.kinds.classes import are_scores
from samestack.behaviour.comparing.tolerances import TopKTolerance
from samestack.behaviour.comparing.tops import comparable, tie
from samestack.behaviour.recording.recording import Array, Value

_K: Final = 5


def compare(reference: Value, answer: Value, tolerance: TopKTolerance) -> Judgement:
    """The distance is the share of the best that are others or have changed places, of the worst row.

    Fractional numbers are the scores of all; anything else are the best themselves, in any order.
    """
    before, after = labels(reference), labels(answer)
    if before.ndim != after.ndim or before.shape[:-1] != after.shape[:-1]:
        return apart(tolerance, f"{shape_of(before)} -> {shape_of(after)}")
    if not before.ndim:
        unfit(reference, "the best few")
    if not (before.size or after.size):
        return judged(0, 0)
    if are_scores(before) or are_scores(after):
        return _of_scores(before, after, tolerance)
    return _of_labels(before, after, tolerance)


def _of_labels(before: Array, after: Array, tolerance: TopKTolerance) -> Judgement:
    k = tolerance.k or max(before.shape[-1], after.shape[-1])
    pairs = list(zip(_sets(before, k), _sets(after, k), strict=True))
    lost = [_lost(old, new) for old, new in pairs]
    worst = max(range(len(lost)), key=lost.__getitem__)
    old, new = pairs[worst]
    detail = f"{_named(old - new)} gone, {_named(new - old)} new{_in_row(worst, len(lost))}"
    return judged(lost[worst], tolerance.allowed, detail)


def _sets(array: Array, k: int) -> list[set[object]]:
    """The first ``k`` labels of each row; what is no number is one label."""
    return [{None if item != item else item for item in row} for row in rows(array)[:, :k].tolist()]  # noqa: PLR0124


def _lost(old: set[object], new: set[object]) -> float:
    most = max(len(old), len(new))
    return 1 - len(old & new) / most if most else 0.0


def _of_scores(before: Array, after: Array, tolerance: TopKTolerance) -> Judgement:
    if before.shape != after.shape:
        return apart(tolerance, f"{shape_of(before)} -> {shape_of(after)}")
    left, right = (rows(comparable(real_numbers(side, "scores"))) for side in (before, after))
    ties = tie(left, right, tolerance)
    k = min(tolerance.k or _K, left.shape[1])
    best_before, best_after = _best(left, k), _best(right, k)
    wrong = np.zeros(len(left))
    for row in np.flatnonzero((best_before != best_after).any(axis=1)):
        sides = (left[row], right[row])
        wrong[row] = _wrong(best_before[row], best_after[row], sides, float(ties[row]))
    worst = int(wrong.argmax())
    shown = f"{best_before[worst].tolist()} -> {best_after[worst].tolist()}{_in_row(worst, len(wrong))}"
    return judged(float(wrong[worst]) / k, tolerance.allowed, shown)


def _best(scores: Array, k: int) -> Array:
    return np.argsort(-scores, axis=1, kind="stable")[:, :k]


def _wrong(old: Array, new: Array, scores: tuple[Array, Array], tie_width: float) -> int:
    """How many places of the best are wrong: other labels, and those that changed places, beyond a tie."""
    is_shared = np.isin(old, new)
    replaced = _beyond_tie(old[~is_shared], new[~np.isin(new, old)], scores, tie_width)
    shared = old[is_shared]
    swapped = _beyond_tie(shared, shared, scores, tie_width)
    others = max(int(replaced.all(axis=1).sum()), int(replaced.all(axis=0).sum())) if replaced.size else 0
    return others + int((swapped | swapped.T).any(axis=1).sum())


def _beyond_tie(ahead: Array, behind: Array, scores: tuple[Array, Array], tie_width: float) -> Array:
    """For each pair that was ahead before and is behind now, whether that is more than a tie."""
    before, after = scores
    with np.errstate(all="ignore"):  # of two that are no numbers, none is ahead
        lead_before = before[ahead][:, None] - before[behind][None, :]
        lead_after = after[behind][None, :] - after[ahead][:, None]
    is_turned = (lead_before >= 0) & (lead_after >= 0)
    return np.asarray(is_turned & (np.maximum(lead_before, lead_after) > tie_width))


def _named(those: set[object]) -> str:
    return ", ".join(sorted(map(repr, those))) or "none"


def _in_row(row: int, of: int) -> str:
    return f" in row {row}" if of > 1 else ""
