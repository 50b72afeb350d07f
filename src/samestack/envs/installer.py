"""What fills an environment: one implementation a backend, each knows one lock."""

from pathlib import Path
from typing import ClassVar, Protocol

from samestack.progress import Reporter


class Installer(Protocol):
    """Makes environments of one lock; what must survive an interruption is the business of who calls it.

    Both methods raise :class:`~samestack.errors.SamestackError` for what a user can mend: a hash that
    differs, an index that cannot be reached, a disk that is full. What they leave then is thrown away.
    """

    is_movable: ClassVar[bool]
    """Whether an environment that was made in one place works after it was renamed to another."""

    def create(self, place: Path) -> None:
        """Make an empty environment with the interpreter of the lock; ``place`` does not exist."""

    def install(self, place: Path, reporter: Reporter) -> None:
        """Make an existing environment what the lock says: nothing less, and nothing more but the seeds."""
