"""Vectors whose direction counts."""

import numpy as np

from samestack.behaviour.comparing.arrays import real_numbers, rows, unfit
from samestack.behaviour.comparing.described import shape_of
from samestack.behaviour.comparing.judgement import Judgement, apart, judged
from samestack.behaviour.comparing.tolerances import Alignment, EmbeddingTolerance
from samestack.behaviour.recording.recording import Array, Value


def compare(reference: Value, answer: Value, tolerance: EmbeddingTolerance) -> Judgement:
    """The distance is 1 - the cosine of the angle between the two vectors that are furthest apart.

    No number is one only at the same place in both; a vector without length is only like another such.
    """
    before, after = real_numbers(reference, "vectors"), real_numbers(answer, "vectors")
    if before.shape != after.shape:
        return apart(tolerance, f"{shape_of(before)} -> {shape_of(after)}")
    if not before.size:
        return judged(0, 0)
    if not np.array_equal(_odd(before), _odd(after)):
        return apart(tolerance, "what is not a finite number stands in other places")
    if tolerance.align is Alignment.COLUMNS and before.ndim < 2:
        unfit(reference, "vectors with aligned columns: those of one vector alone cannot be aligned")
    distances = _distances(rows(before), rows(after), tolerance.align)
    worst = int(distances.argmax())
    where = f" of vector {worst}" if len(distances) > 1 else ""
    detail = f"cosine {1 - distances[worst]:.6f}{where}"
    return judged(float(distances[worst]), tolerance.allowed, detail)


def _odd(array: Array) -> Array:
    return np.where(np.isfinite(array), 0.0, np.nan_to_num(array, nan=1.0, posinf=2.0, neginf=3.0))


def _distances(before: Array, after: Array, align: Alignment) -> Array:
    """Half the square of the distance between unit vectors, which is exact for those that are the same."""
    first, second = _unit(before), _unit(after)
    if align is Alignment.COLUMNS:
        second = second * _signs((first * second).sum(axis=0))
    if align is Alignment.ROWS:
        second = second * _signs((first * second).sum(axis=1))[:, None]
    is_zero = (first == 0).all(axis=1) != (second == 0).all(axis=1)
    return np.where(is_zero, 1.0, ((first - second) ** 2).sum(axis=1) / 2)


def _unit(vectors: Array) -> Array:
    finite = np.nan_to_num(vectors, nan=0.0, posinf=0.0, neginf=0.0)
    largest = np.abs(finite).max(axis=1, keepdims=True)
    scaled = finite / np.where(largest > 0, largest, 1.0)  # the square of a large number would overflow
    length = np.sqrt((scaled**2).sum(axis=1, keepdims=True))
    unit: Array = scaled / np.where(length > 0, length, 1.0)
    return unit


def _signs(products: Array) -> Array:
    return np.where(products < 0, -1.0, 1.0)
