"""By how much numbers moved: for each, what it was and how it changed."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from msgspec import Struct

from samestack.behaviour.comparing.arrays import UnfitError, real_numbers
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import NOISE_FACTOR, Closeness
from samestack.behaviour.recording.recording import Array
from samestack.behaviour.replaying.pairs import pairs_of
from samestack.behaviour.replaying.replayed import FieldReport, Replayed

MOST_POINTS: Final = 400
"""Of more numbers, those that moved furthest are shown, and as many of the others, evenly chosen."""

_NUMERIC: Final = frozenset({Kind.FLOAT, Kind.INTEGER, Kind.PROBABILITIES, Kind.METRIC, Kind.EMBEDDING})


class Point(Struct, frozen=True):
    """One number."""

    input: str
    before: float
    change: float


class Drift(Struct, frozen=True, kw_only=True):
    """The numbers of one field."""

    field: str
    numbers: int
    """All that were compared."""
    moved: int
    """Those that are not exactly the same."""
    mean: float
    """The mean change: other than 0 where all move the same way."""
    largest: float
    allowed: tuple[float, float] | None
    """``rtol`` and ``atol`` with what the noise adds, where the kind is one of these."""
    points: tuple[Point, ...]


def drifts_of(replayed: Replayed) -> tuple[Drift, ...]:
    """The fields whose numbers moved beyond what is allowed, in the order of the report."""
    found = (_of_field(field, replayed) for field in replayed.fields)
    return tuple(drift for drift in found if drift is not None)


def _of_field(field: FieldReport, replayed: Replayed) -> Drift | None:
    if field.rule is None or field.rule.kind not in _NUMERIC or not field.changed:
        return None
    parts = list(_numbers(field, replayed))
    if not parts:
        return None
    before = np.concatenate([part[1] for part in parts])
    change = np.concatenate([part[2] for part in parts])
    names = [name for name, values, _ in parts for _ in range(len(values))]
    if not change.any():
        return None
    return Drift(
        field=field.name,
        numbers=len(before),
        moved=int((change != 0).sum()),
        mean=float(change.mean()),
        largest=float(change[np.abs(change).argmax()]),
        allowed=_allowed(field),
        points=tuple(
            Point(names[place], float(before[place]), float(change[place])) for place in _shown(change)
        ),
    )


def _numbers(field: FieldReport, replayed: Replayed) -> Iterator[tuple[str, Array, Array]]:
    """For each input, its numbers and how they changed; what is not finite on both sides has no place."""
    for pair in pairs_of(field, replayed):
        try:
            before, after = (real_numbers(value, "numbers") for value in (pair.before, pair.after))
        except UnfitError:
            continue
        if before.shape == after.shape:
            with np.errstate(all="ignore"):
                change = after - before
            is_finite = np.isfinite(before) & np.isfinite(change)
            yield pair.input, before[is_finite].ravel(), change[is_finite].ravel()


def _allowed(field: FieldReport) -> tuple[float, float] | None:
    tolerance = field.rule.tolerance if field.rule else None
    if not isinstance(tolerance, Closeness) or field.rule is None or field.rule.kind is Kind.EMBEDDING:
        return None
    times = max(1.0, NOISE_FACTOR * tolerance.noise)
    return (tolerance.rtol * times, tolerance.atol * times) if np.isfinite(times) else None


def _shown(change: Array) -> Sequence[int]:
    if len(change) <= MOST_POINTS:
        return range(len(change))
    order = np.argsort(-np.abs(change), kind="stable")
    half = MOST_POINTS // 2
    rest = order[half:]
    even = rest[np.linspace(0, len(rest) - 1, half).astype(np.int64)]
    return sorted({*order[:half].tolist(), *even.tolist()})
