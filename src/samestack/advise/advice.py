"""From signals to advice: the matrix is added up, and the reasons that decided are told. Pure."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from samestack.advise.matrix import Row
from samestack.advise.signal import Evidence, Signal
from samestack.project.manifest import Backend


class Reason(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A row of the matrix that applies: its points, weighted, and where the project shows it."""

    signal: str
    reason: str
    points: Mapping[Backend, float]
    evidence: tuple[Evidence, ...] = ()


class Advice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which kind of environment, by how much, and why."""

    backend: Backend
    scores: Mapping[Backend, float]
    """Sums of points, the highest first."""
    reasons: tuple[Reason, ...]
    """Those that part the first from the second most come first."""
    notes: tuple[str, ...] = ()
    """What could not be looked at, in a sentence each."""

    @property
    def runner_up(self) -> Backend:
        """The second best."""
        return tuple(self.scores)[1]

    @property
    def margin(self) -> float:
        """By how many points the first is ahead; below 2 it is a matter of taste."""
        return self.scores[self.backend] - self.scores[self.runner_up]


def advised(
    signals: Iterable[Signal],
    rows: Iterable[Row],
    weights: Mapping[str, float],
    notes: Iterable[str] = (),
) -> Advice:
    """Add up the rows whose signals are there; of two that are equal the one with less machinery wins."""
    seen = {signal.name: signal for signal in signals}
    reasons = [
        _reason(row, seen[row.signal], weights.get(row.signal, 1.0)) for row in rows if row.signal in seen
    ]
    sums = {backend: sum(reason.points.get(backend, 0.0) for reason in reasons) for backend in Backend}
    ranked = sorted(_BY_MACHINERY, key=lambda backend: -sums[backend])
    first, second = ranked[:2]
    reasons.sort(key=lambda one: -abs(one.points.get(first, 0.0) - one.points.get(second, 0.0)))
    return Advice(
        backend=first,
        scores={backend: sums[backend] for backend in ranked},
        reasons=tuple(reasons),
        notes=tuple(notes),
    )


_BY_MACHINERY = (Backend.VENV, Backend.POETRY, Backend.CONDA)


def _reason(row: Row, signal: Signal, weight: float) -> Reason:
    points = {backend: row.points(backend) * weight for backend in Backend if row.points(backend)}
    return Reason(signal=row.signal, reason=row.reason, points=points, evidence=signal.evidence)
