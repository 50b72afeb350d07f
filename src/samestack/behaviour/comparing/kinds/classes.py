"""What things were taken for: any flip is a difference, unless the scores were a tie."""

import numpy as np

from samestack.behaviour.comparing.arrays import labels, real_numbers, rows
from samestack.behaviour.comparing.described import counted, figure, place, scalar, shape_of
from samestack.behaviour.comparing.judgement import Judgement, apart, judged
from samestack.behaviour.comparing.tolerances import ClassTolerance
from samestack.behaviour.comparing.tops import tops
from samestack.behaviour.recording.recording import Array, Value


def compare(reference: Value, answer: Value, tolerance: ClassTolerance) -> Judgement:
    """The distance is the share of flips that are no ties. Fractional numbers are scores of all classes."""
    before, after = labels(reference), labels(answer)
    if before.shape != after.shape:
        return apart(tolerance, f"{shape_of(before)} -> {shape_of(after)}")
    if not before.size:
        return judged(0, 0)
    if before.ndim and (are_scores(before) or are_scores(after)):
        before, after = real_numbers(before, "scores"), real_numbers(after, "scores")
        return _of_scores(rows(before), rows(after), tolerance)
    return _of_labels(before, after, tolerance)


def are_scores(array: Array) -> bool:
    """Whether numbers are scores: labels that are kept as floats are whole."""
    return array.dtype.kind == "f" and bool((np.isfinite(array) & (array != np.round(array))).any())


def _of_labels(before: Array, after: Array, tolerance: ClassTolerance) -> Judgement:
    flipped = _differ(before, after)
    if not flipped.any():
        return judged(0, 0)
    first = np.unravel_index(int(flipped.argmax()), flipped.shape)
    detail = f"{scalar(before[first])} -> {scalar(after[first])}{place(first)}{_how_many(flipped)}"
    return judged(float(flipped.mean()), tolerance.allowed, detail)


def _of_scores(before: Array, after: Array, tolerance: ClassTolerance) -> Judgement:
    winners = tops(before, after, tolerance)
    flipped = winners.before != winners.after
    if not flipped.any():
        return judged(0, 0)
    worst = int(winners.times.argmax())
    margin = f"by a margin of {figure(float(winners.margin[worst]))}"
    where = place([worst]) if len(flipped) > 1 else ""
    detail = f"class {winners.before[worst]} -> {winners.after[worst]}{where} {margin}{_how_many(flipped)}"
    ties = int((flipped & (winners.times <= 1)).sum())
    detail += f", {ties} of them ties" if ties else ""
    return judged((flipped.sum() - ties) / len(flipped), tolerance.allowed, detail)


def _differ(before: Array, after: Array) -> Array:
    if (before.dtype.kind == "U") != (after.dtype.kind == "U"):
        return np.ones(before.shape, dtype=bool)
    are_none = (before != before) & (after != after)  # noqa: PLR0124 - NaN alone
    return np.asarray((before != after) & ~are_none)


def _how_many(flipped: Array) -> str:
    return f"; {counted(int(flipped.sum()), flipped.size, 'labels')} flip" if flipped.size > 1 else ""
