"""What each pixel belongs to: the pixels of every class overlap."""

import numpy as np

from samestack.behaviour.comparing.arrays import pixels
from samestack.behaviour.comparing.described import counted, figure, shape_of
from samestack.behaviour.comparing.judgement import Judgement, apart, judged
from samestack.behaviour.comparing.tolerances import MaskTolerance
from samestack.behaviour.recording.recording import Array, Picture, Value


def compare(reference: Value, answer: Value, tolerance: MaskTolerance) -> Judgement:
    """The distance is 1 - the overlap of the class that overlaps least; a class that is new overlaps by 0."""
    before, after = _mask(reference), _mask(answer)
    if before.shape != after.shape:
        return apart(tolerance, f"{shape_of(before)} -> {shape_of(after)}")
    if not (before != after).any():
        return judged(0, 0)
    names, places = np.unique(np.concatenate([before.ravel(), after.ravel()]), return_inverse=True)
    first, second = np.split(places.ravel(), 2)
    overlap = _overlap(first, second, len(names))
    worst = int(overlap.argmin())
    changed = counted(int((before != after).sum()), before.size, "pixels")
    detail = f"class {names[worst]} overlaps by {figure(float(overlap[worst]))}; {changed} differ"
    return judged(1 - float(overlap[worst]), tolerance.allowed, detail)


def _mask(value: Value) -> Array:
    """One number a pixel; a colour is one as well."""
    array = pixels(value, "a mask")
    if isinstance(value, Picture) and array.ndim == 3:
        weights = 1 << (16 * np.arange(array.shape[2], dtype=np.int64))
        return np.asarray((array.astype(np.int64) * weights).sum(axis=2))
    return array


def _overlap(before: Array, after: Array, classes: int) -> Array:
    """Of each class; both are numbers below the number of classes, all of which occur."""
    common = np.bincount(before[before == after], minlength=classes)
    total = np.bincount(before, minlength=classes) + np.bincount(after, minlength=classes)
    overlap: Array = common / (total - common)
    return overlap
