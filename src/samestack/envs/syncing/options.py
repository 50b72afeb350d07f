"""What whoever asks for a sync may choose."""

from pathlib import Path

from msgspec import Struct


class SyncOptions(Struct, frozen=True, kw_only=True):
    """Choices of one call; what is empty leaves it to the project and its lock."""

    lock: Path | None = None
    """A lock of whatever tool; the project's own by default."""
    environment: Path | None = None
    python: str = ""
    """A series, a release or the path of an interpreter."""
    with_project: bool = True
    """Whether the project itself is installed, where it is a package."""
    reinstall: bool = False
    """Whether the environment is made anew from files that are fetched again."""
    must_be_current: bool = False
    """Whether a lock that is behind what the project asks for is an error and not a warning."""
    ignore_host: bool = False
    """Whether it is made even where the host does not offer what the lock needs."""
