"""A roll-out is waited for: with progress, for so long, and through a short silence of the cluster."""

import time
from collections.abc import Callable
from typing import Final, NamedTuple

from samestack.deploy.cluster.claim import Claim
from samestack.deploy.cluster.cluster import Cluster
from samestack.deploy.cluster.objects import ObjectKey
from samestack.deploy.cluster.rollout import Rollout, Standing, rollout
from samestack.outside.source_error import Reason, SourceError
from samestack.progress import Reporter

_PAUSE_SECONDS: Final = 1.0
_SILENCE_SECONDS: Final = 30.0
"""How long a cluster may not answer: a server of its own that is replaced does not, either."""


class Clock(NamedTuple):
    """How time goes by here."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Patience(NamedTuple):
    """How long it is waited, and by which clock."""

    seconds: float
    clock: Clock = Clock()


def awaited(
    cluster: Cluster, workload: ObjectKey, claim: Claim, patience: Patience, reporter: Reporter
) -> Rollout:
    """How a roll-out ended; one that is not done in time is stuck.

    :class:`SourceError` where the cluster falls silent: then nobody knows.
    """
    reporter.started(f"rolling out {workload.name}")
    try:
        return _Watch(cluster, workload, claim, patience).end(reporter)
    finally:
        reporter.finished()


class _Watch:
    def __init__(self, cluster: Cluster, workload: ObjectKey, claim: Claim, patience: Patience) -> None:
        self._cluster = cluster
        self._workload = workload
        self._claim = claim
        self._patience = patience
        self._heard = patience.clock.monotonic()

    def end(self, reporter: Reporter) -> Rollout:
        clock = self._patience.clock
        latest = clock.monotonic() + self._patience.seconds
        last = Rollout(Standing.GOES_ON, "the cluster was not heard")
        while True:
            last = self._look() or last
            reporter.advanced(last.detail, 0)
            if last.standing is not Standing.GOES_ON:
                return last
            if clock.monotonic() >= latest:
                detail = f"not done within {self._patience.seconds:g} seconds: {last.detail}"
                return last._replace(standing=Standing.STUCK, detail=detail)
            clock.sleep(_PAUSE_SECONDS)

    def _look(self) -> Rollout | None:
        """The roll-out now; ``None`` where the cluster is silent, and has not been for long."""
        now = self._patience.clock.monotonic()
        try:
            found = self._cluster.read(self._workload)
            self._claim.renew()
        except SourceError as error:
            if error.reason is not Reason.UNREACHABLE or now - self._heard > _SILENCE_SECONDS:
                raise
            return None
        self._heard = now
        if found is None:
            return Rollout(Standing.STUCK, "somebody has deleted it")
        return rollout(found)
