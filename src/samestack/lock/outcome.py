"""What came of a call for a lock."""

from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from samestack.lock.lock_table import LockTable
from samestack.model.change import Change


class State(StrEnum):
    """How the lock stands now."""

    CURRENT = "current"
    """It is what the project asks for: no solver was asked."""
    STALE = "stale"
    """It is not, and was only to be checked."""
    NEW = "new"
    """There was none before."""
    CHANGED = "changed"
    """It decides other releases than before."""
    UNCHANGED = "unchanged"
    """It was decided anew, and decides what it did before."""


class Outcome(Struct, frozen=True, kw_only=True):
    """The whole of it."""

    path: Path
    state: State
    table: LockTable
    packages: int = 0
    """How many packages it has; 0 where that was not looked at."""
    changes: tuple[Change, ...] = ()
    """By release, against the lock that was there before."""
    reasons: tuple[str, ...] = ()
    """Why it is not current, where it was only checked."""
    notes: tuple[str, ...] = ()
    is_written: bool = True
    """Whether it stands in the file: not after a dry run."""
