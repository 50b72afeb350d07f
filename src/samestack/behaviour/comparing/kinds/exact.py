"""Answers that have to be the same in every bit."""

import numpy as np

from samestack.behaviour.comparing.described import counted, described, place, scalar, shape_of, type_of
from samestack.behaviour.comparing.judgement import Judgement, apart, judged
from samestack.behaviour.comparing.tolerances import Tolerance
from samestack.behaviour.recording.recording import Array, Picture, Value


def compare(reference: Value, answer: Value, tolerance: Tolerance) -> Judgement:
    """The distance is the share of the elements that differ; infinite where type or shape do."""
    if type_of(reference) != type_of(answer):
        return apart(tolerance, f"{type_of(reference)} -> {type_of(answer)}")
    if isinstance(reference, str) and isinstance(answer, str):  # an array would drop NULs at its end
        detail = f"{described(reference)} -> {described(answer)}"
        return judged(float(reference != answer), tolerance.allowed, detail)
    before, after = _array(reference), _array(answer)
    if before.shape != after.shape:
        return apart(tolerance, f"{shape_of(before)} -> {shape_of(after)}")
    return _of_arrays(before, after, tolerance)


def _of_arrays(before: Array, after: Array, tolerance: Tolerance) -> Judgement:
    differs = _differs(before, after)
    if not differs.any():
        return judged(0, 0)
    first = np.unravel_index(int(differs.argmax()), differs.shape)
    detail = f"{scalar(before[first])} -> {scalar(after[first])}{place(first)}"
    if differs.size > 1:
        detail += f"; {counted(int(differs.sum()), differs.size, 'elements')} differ"
    return judged(float(differs.mean()), tolerance.allowed, detail)


def _array(value: Value) -> Array:
    return np.asarray(value.pixels if isinstance(value, Picture) else value)


def _differs(before: Array, after: Array) -> Array:
    """Where the bits are not the same: 0.0 and -0.0 differ, a NaN is itself."""
    if before.dtype.kind not in "fc":
        return np.asarray(before != after)
    size = before.dtype.itemsize
    one = np.ascontiguousarray(before).view(np.uint8).reshape(*before.shape, size)
    other = np.ascontiguousarray(after.astype(before.dtype)).view(np.uint8).reshape(*before.shape, size)
    return np.asarray((one != other).any(axis=-1))
