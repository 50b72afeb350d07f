"""What is asked of a lock, what was decided, and a lock that has been read."""

from pathlib import Path

from msgspec import Struct, field

from samestack.lock.lock_table import LockTable
from samestack.model import Snapshot
from samestack.project.manifest import Constraint


class LockOptions(Struct, frozen=True, kw_only=True):
    """How to decide, beyond what the manifest says; what is empty leaves it to the manifest."""

    upgrade: tuple[str, ...] = ()
    """Packages that may leave the release that an earlier lock chose for them."""
    upgrade_all: bool = False
    python: str = ""
    platforms: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    as_of: str = ""
    """A day (``2022-03-01``) or ``auto``."""
    urls: bool | None = None
    constraints: tuple[Constraint, ...] = ()
    """Beside those of the manifest: what a verification tries out."""
    output: Path | None = None
    """Where the lock is to stand; by default beside the manifest, by the name that its backend gives it."""


class Decision(Struct, frozen=True, kw_only=True):
    """A lock that was decided and is not written yet."""

    path: Path
    data: bytes
    table: LockTable
    notes: tuple[str, ...] = ()
    """What was decided without being asked for outright, in a sentence each."""


class Lock(Struct, frozen=True, kw_only=True):
    """A lock that was read, whichever tool wrote it."""

    path: Path
    kind: str
    """As capture recognises it: ``pylock.toml``, ``requirements.txt``, ``poetry.lock``, ``pixi.lock``."""
    snapshot: Snapshot
    """What it decides, with markers."""
    table: LockTable = field(default_factory=LockTable)
    """samestack's own; empty in a lock that another tool wrote."""
