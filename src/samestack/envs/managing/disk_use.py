"""What an environment takes on the disk, and how much of that it shares by links with a cache or others."""

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

_BLOCK_BYTES: Final = 512
"""What ``st_blocks`` counts in, whatever the file system's own blocks are."""


class DiskUse(Struct, frozen=True):
    """Bytes on the disk. Clones that only the file system knows of (``cp --reflink``) count in full."""

    total: int
    shared: int
    """Of these, in files that are linked from elsewhere too: deleting the environment does not free them."""


class _File:
    """A file that is linked more than once, with how many of its links were met."""

    __slots__ = ("links", "met", "size")

    def __init__(self, size: int, links: int) -> None:
        self.size = size
        self.links = links
        self.met = 0


class _Found:
    """What is below a directory: bytes that are its own for certain, and files that may be others' too."""

    __slots__ = ("linked", "own")

    def __init__(self) -> None:
        self.own = 0
        self.linked: dict[tuple[int, int], _File] = {}

    def add(self, status: os.stat_result) -> None:
        """A file or directory more; the number of links of a directory is not about sharing it."""
        size = status.st_blocks * _BLOCK_BYTES
        if status.st_nlink == 1 or stat.S_ISDIR(status.st_mode):
            self.own += size
        else:
            identity = (status.st_dev, status.st_ino)
            self.linked.setdefault(identity, _File(size, status.st_nlink)).met += 1

    def join(self, other: "_Found") -> None:
        """All that another one has found as well."""
        self.own += other.own
        for identity, file in other.linked.items():
            self.linked.setdefault(identity, _File(file.size, file.links)).met += file.met

    @property
    def use(self) -> DiskUse:
        """What it takes, each file once."""
        shared = sum(file.size for file in self.linked.values() if file.met < file.links)
        return DiskUse(self.own + sum(file.size for file in self.linked.values()), shared)


def disk_use(directory: Path) -> DiskUse:
    """The blocks of all that is below a directory; links are not followed, each file counts once."""
    return _found_below(directory).use


def disk_uses(directories: Iterable[Path]) -> Iterator[tuple[DiskUse, DiskUse]]:
    """For each directory what it takes, and what it takes together with those before it."""
    together = _Found()
    for directory in directories:
        found = _found_below(directory)
        together.join(found)
        yield found.use, together.use


def _found_below(directory: Path) -> _Found:
    found, waiting = _Found(), [str(directory)]
    while waiting:
        for entry in _entries(waiting.pop()):
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            with contextlib.suppress(OSError):
                found.add(entry.stat(follow_symlinks=False))
    return found


def _entries(directory: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(directory) as found:
            return list(found)
    except OSError:  # deleted meanwhile, or not ours to read
        return []
