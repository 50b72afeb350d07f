"""Whole numbers: the same or not, unless a project allows a difference."""

import numpy as np

from samestack.behaviour.comparing.arrays import whole_numbers
from samestack.behaviour.comparing.described import counted, place, scalar, shape_of
from samestack.behaviour.comparing.judgement import Judgement, apart, judged
from samestack.behaviour.comparing.tolerances import IntegerTolerance
from samestack.behaviour.recording.recording import Array, Value


def compare(reference: Value, answer: Value, tolerance: IntegerTolerance) -> Judgement:
    """The distance is the largest difference."""
    before, after = whole_numbers(reference), whole_numbers(answer)
    if before.shape != after.shape:
        return apart(tolerance, f"{shape_of(before)} -> {shape_of(after)}")
    if not before.size:
        return judged(0, 0)
    differences = _differences(before, after)
    worst = np.unravel_index(int(differences.argmax()), differences.shape)
    detail = f"{scalar(before[worst])} -> {scalar(after[worst])}{place(worst)}"
    if differences.size > 1:
        detail += f"; {counted(int((differences > 0).sum()), differences.size, 'integers')} differ"
    return judged(float(differences[worst]), tolerance.allowed, detail)


def _differences(before: Array, after: Array) -> Array:
    """Without overflow, and never 0 for two that differ, however large they are."""
    if np.result_type(before, after).kind in "fO":  # signed and unsigned ones of 64 bits, or larger ones
        exact = np.asarray(before.astype(object) - after.astype(object), dtype=object)
        return np.asarray(np.vectorize(_size, otypes=[np.float64])(exact))
    differences = np.abs(before.astype(np.float64) - after.astype(np.float64))
    return np.where(before != after, np.maximum(differences, 1), 0)


def _size(integer: int) -> float:
    try:
        return float(abs(integer))
    except OverflowError:
        return np.inf
