"""Profiles resolved while whoever watches is told of it."""

from collections.abc import Sequence

from samestack.cli.deferred_reporter import DeferredReporter
from samestack.config.resolution import Resolution
from samestack.config.resolving import ResolveRequest, resolve


def resolved(requests: Sequence[ResolveRequest]) -> tuple[Resolution, ...]:
    """The configuration of each, in their order; a terminal shows that sources are asked."""
    reporter = DeferredReporter()
    reporter.started("asking the sources", len(requests))
    try:
        return tuple(_resolved(request, reporter) for request in requests)
    finally:
        reporter.finished()


def _resolved(request: ResolveRequest, reporter: DeferredReporter) -> Resolution:
    resolution = resolve(request)
    reporter.advanced(resolution.profile)
    return resolution
