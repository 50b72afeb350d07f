"""How the answers to all inputs are spread: alike, as far as so many answers can tell."""

from typing import Final

import numpy as np

from samestack.behaviour.comparing.arrays import labels, unfit
from samestack.behaviour.comparing.closeness import times_allowed
from samestack.behaviour.comparing.described import figure
from samestack.behaviour.comparing.judgement import Judgement, apart, judged
from samestack.behaviour.comparing.spread import (
    chi_squared,
    jensen_shannon,
    kolmogorov_smirnov,
    wasserstein,
)
from samestack.behaviour.comparing.tolerances import Closeness, DistributionTolerance
from samestack.behaviour.recording.recording import Array, Value

FEW: Final = 1000
"""Up to so many answers a test says whether they differ by chance; of more their distance counts."""


def compare(reference: Value, answer: Value, tolerance: DistributionTolerance) -> Judgement:
    """The distance is the one that the test measures; see :class:`DistributionTolerance`.

    Both hold the answers to all inputs. Too few answers prove nothing.
    """
    before, after = labels(reference, "answers").ravel(), labels(answer, "answers").ravel()
    if (before.dtype.kind == "U") != (after.dtype.kind == "U"):
        unfit(answer, f"answers of {before.dtype.name}")
    if before.dtype.kind in "Ub":
        return _of_labels(before, after, tolerance)
    odd_before, odd_after = _share_of_odd(before), _share_of_odd(after)
    if odd_after > odd_before:
        numbers = f"{figure(100 * odd_before)} % -> {figure(100 * odd_after)} %"
        return apart(tolerance, f"{numbers} of the answers are not finite numbers")
    return _of_numbers(_finite(before), _finite(after), tolerance)


def _of_labels(before: Array, after: Array, tolerance: DistributionTolerance) -> Judgement:
    if not before.size or not after.size:
        return judged(0, 0)
    names, places = np.unique(np.concatenate([before, after]), return_inverse=True)
    first, second = np.split(places.ravel(), [len(before)])
    table = np.stack([np.bincount(first, minlength=len(names)), np.bincount(second, minlength=len(names))])
    distance, shares = jensen_shannon(table), table / table.sum(axis=1, keepdims=True)
    moved = int(np.abs(shares[0] - shares[1]).argmax())
    share = f"{figure(100 * shares[0, moved])} % -> {figure(100 * shares[1, moved])} %"
    shown = f"{names[moved]} in {share} of the answers"
    if len(before) > FEW:
        return _measured(distance, tolerance, f"{shown}, Jensen-Shannon distance")
    return _tested(distance, chi_squared(table), tolerance, f"{shown}, Jensen-Shannon distance")


def _of_numbers(before: Array, after: Array, tolerance: DistributionTolerance) -> Judgement:
    if not before.size or not after.size:
        return judged(0, 0)
    after = _snapped(before, after, tolerance)
    shown = f"mean {figure(float(before.mean()))} -> {figure(float(after.mean()))}"
    if len(before) > FEW:
        distance = wasserstein(before, after)
        return _measured(distance, tolerance, f"{shown}, Wasserstein distance in standard deviations")
    distance, chance = kolmogorov_smirnov(before, after)
    return _tested(distance, chance, tolerance, f"{shown}, Kolmogorov-Smirnov distance")


def _measured(distance: float, tolerance: DistributionTolerance, shown: str) -> Judgement:
    return judged(distance, max(tolerance.drift, tolerance.allowed), f"{shown} {figure(distance)}")


def _tested(distance: float, chance: float, tolerance: DistributionTolerance, shown: str) -> Judgement:
    limit = distance if chance >= tolerance.p else 0.0
    return judged(
        distance, max(limit, tolerance.allowed), f"{shown} {figure(distance)} (p = {figure(chance)})"
    )


def _share_of_odd(array: Array) -> float:
    return 1 - float(np.isfinite(array).mean()) if array.size else 0.0


def _finite(array: Array) -> Array:
    return array[np.isfinite(array)].astype(np.float64)


def _snapped(before: Array, after: Array, tolerance: Closeness) -> Array:
    """Each answer, or the reference's that is close to it: a test tells 0.5 from 0.5 + 1e-16."""
    values = np.unique(before)
    above = np.searchsorted(values, after).clip(max=len(values) - 1)
    below = (above - 1).clip(min=0)
    nearest = np.where(np.abs(values[above] - after) < np.abs(values[below] - after), above, below)
    is_close = times_allowed(values[nearest], after, tolerance) <= 1
    return np.where(is_close, values[nearest], after)
