"""How far numbers are apart, in times of what is allowed."""

import numpy as np

from samestack.behaviour.comparing.described import figure, place, scalar
from samestack.behaviour.comparing.tolerances import Closeness
from samestack.behaviour.recording.recording import Array


def times_allowed(before: Array, after: Array, tolerance: Closeness) -> Array:
    """For each pair of numbers, how many times as far apart they are as is allowed; at most 1 is close.

    As in numpy's ``assert_allclose``, NaN is equal to NaN and an infinity to itself: a new one is infinitely
    far from any number. ``rtol`` is a share of the larger of the two, so that neither side is preferred.
    """
    left, right = _wide(before), _wide(after)
    with np.errstate(all="ignore"):
        difference = np.abs(left - right)
        allowed = tolerance.atol + tolerance.rtol * np.maximum(np.abs(left), np.abs(right))
        times = np.where(np.isfinite(left) & np.isfinite(right), difference / allowed, np.inf)
    is_same = (before == after) | ((left != left) & (right != right))  # noqa: PLR0124 - NaN alone
    return np.where(is_same, 0.0, np.where(np.isnan(times), np.inf, times))


def explained(before: Array, after: Array, times: Array, tolerance: Closeness) -> str:
    """The pair that is furthest apart, and how many are too far."""
    worst = np.unravel_index(int(times.argmax()), times.shape)
    largest = float(times[worst])
    pair = f"{scalar(before[worst])} -> {scalar(after[worst])}{place(worst)}"
    if not np.isfinite(largest):
        return f"{pair}{_how_many(times)}"
    allowed = f"{figure(tolerance.atol)} + {figure(tolerance.rtol)} of the value"
    return f"{pair}, {figure(largest)} times what is allowed ({allowed}){_how_many(times)}"


def _how_many(times: Array) -> str:
    far = int((times > 1).sum())
    return f"; {far} of {times.size} are too far apart" if times.size > 1 and far else ""


def _wide(array: Array) -> Array:
    """In double precision, in which the difference of two numbers of half precision cannot overflow."""
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
