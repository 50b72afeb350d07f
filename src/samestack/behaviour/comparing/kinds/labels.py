"""Which things belong together, whatever their labels are called."""

import numpy as np

from samestack.behaviour.comparing.arrays import labels, unfit
from samestack.behaviour.comparing.described import figure, shape_of
from samestack.behaviour.comparing.judgement import Judgement, apart, judged
from samestack.behaviour.comparing.tolerances import LabelsTolerance
from samestack.behaviour.recording.recording import Array, Value


def compare(reference: Value, answer: Value, tolerance: LabelsTolerance) -> Judgement:
    """The distance is 1 - the adjusted Rand index."""
    before, after = _labels(reference), _labels(answer)
    if before.shape != after.shape:
        return apart(tolerance, f"{shape_of(before)} -> {shape_of(after)}")
    index = _adjusted_rand_index(before.ravel(), after.ravel())
    groups = f"{len(np.unique(before))} groups -> {len(np.unique(after))}"
    detail = f"{groups}, adjusted Rand index {figure(index)}"
    return judged(max(1 - index, 0.0), tolerance.allowed, detail)


def _labels(value: Value) -> Array:
    array = labels(value, "labels of groups")
    return array if array.ndim else unfit(value, "labels of groups: one alone means nothing")


def _adjusted_rand_index(before: Array, after: Array) -> float:
    """How many pairs are together in both, adjusted for chance (Hubert and Arabie 1985)."""
    first, second = _numbered(before), _numbered(after)
    pairs = first * (int(second.max(initial=0)) + 1) + second
    table = np.unique(pairs, return_counts=True)[1]
    both, one, other = _pairs(table), _pairs(np.bincount(first)), _pairs(np.bincount(second))
    every = _pairs(np.array([len(first)]))
    if both == one == other:  # the same groups; among them those without any pair, or with all of them
        return 1.0
    by_chance = one * other / every
    return (both - by_chance) / ((one + other) / 2 - by_chance)


def _numbered(names: Array) -> Array:
    return np.unique(names, return_inverse=True)[1].ravel().astype(np.int64)


def _pairs(sizes: Array) -> float:
    """How many pairs there are within groups of these sizes."""
    wide = sizes.astype(np.float64)
    return float((wide * (wide - 1) / 2).sum())
