"""The environments that samestack has made, each with what it takes and whether it is what its lock says."""

from pathlib import Path

from msgspec import Struct

from samestack.envs.managing.disk_use import DiskUse, disk_uses
from samestack.envs.managing.drifting import Drift, drift_of
from samestack.envs.managing.registry import Registered, registered_environments
from samestack.progress import Reporter


class Listed(Struct, frozen=True, kw_only=True):
    """One environment of the list."""

    registered: Registered
    size: DiskUse
    drift: Drift | None = None
    """``None`` where nobody asked."""


class Listing(Struct, frozen=True, kw_only=True):
    """The environments, the last used first, and what they take."""

    environments: tuple[Listed, ...] = ()
    together: DiskUse = DiskUse(0, 0)
    """What all of them take: a file that two of them share counts once."""


def listing(reporter: Reporter, *, with_drift: bool = False) -> Listing:
    """Every registered environment that is still there."""
    entries = registered_environments()
    reporter.started("look at environments", len(entries))
    listed, together = [], DiskUse(0, 0)
    for entry, (size, so_far) in zip(entries, disk_uses(map(_place, entries)), strict=True):
        listed.append(Listed(registered=entry, size=size, drift=_drift(entry) if with_drift else None))
        together = so_far
        reporter.advanced(entry.environment)
    reporter.finished()
    return Listing(environments=tuple(listed), together=together)


def _place(entry: Registered) -> Path:
    return Path(entry.environment)


def _drift(entry: Registered) -> Drift:
    return drift_of(_place(entry)) or Drift(unknown="no lock of it is known")
