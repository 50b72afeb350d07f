"""Whether two answers are the same, and how far they are apart."""

from math import inf, isnan
from typing import Final

from msgspec import Struct

from samestack.behaviour.comparing.tolerances import Tolerance

_ROUNDING: Final = 1e-9
"""Limits are made of decimal fractions: 1 - 0.9 is a little less than a tenth."""


class Judgement(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The outcome of one comparison."""

    is_same: bool
    """Whether the two differ by no more than their kind allows."""
    distance: float
    """How far they are apart, in the measure of their kind; infinite where there is no measure for it."""
    detail: str = ""
    """What differs, in half a sentence; empty where nothing does."""


def judged(distance: float, limit: float, detail: str = "") -> Judgement:
    """Two answers at a distance that may be at most ``limit``; nothing is said of answers that are alike."""
    measured = inf if isnan(distance) else distance
    return Judgement(
        is_same=measured <= limit * (1 + _ROUNDING), distance=measured, detail=detail if measured else ""
    )


def apart(tolerance: Tolerance, detail: str) -> Judgement:
    """Two answers that cannot be measured against each other: they differ, unless they always do."""
    return judged(inf, tolerance.allowed, detail)
