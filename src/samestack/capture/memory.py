"""An observation that was made before is given again, as long as nothing has changed that it was made from.

What a probe knows it has from a :class:`~samestack.capture.tree.Tree`. So a tree that notes what is asked of
it knows all that an observation depends on, and nobody has to say it a second time. The next capture looks at
the same files and directories with ``stat`` alone: nothing is opened, parsed or hashed, and the modules that
would do so are not even imported.
"""

import os
import time
from collections.abc import Callable
from typing import BinaryIO, Final

from msgspec import Struct

from samestack import __version__
from samestack.capture.cache import Cache, cache_directory
from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.tree import MAX_TEXT_BYTES, Entry, MachineTree

SETTLING_NANOSECONDS: Final = 2_000_000_000
"""A file that changed this lately may change again without its time of change telling."""

OBSERVATION: Final = 1
"""Counted up whenever the same files give another observation than before, so that no old one is given."""

Stamp = tuple[int, int, int]
"""A file's or directory's inode, size in bytes, and time of last change in nanoseconds."""


class _Memory(Struct, frozen=True):
    """An observation with everything that it depends on; ``None`` marks what was not there."""

    observation: Observation
    stamps: dict[str, Stamp | None]


class WatchingTree(MachineTree):
    """The files of this machine, noting the stamp of each that is asked for, before it is read."""

    def __init__(self) -> None:
        self.stamps: dict[str, Stamp | None] = {}
        self._asked: set[str] = set()

    def read(self, path: str, *, limit: int = MAX_TEXT_BYTES) -> bytes:
        """See :class:`~samestack.capture.tree.Tree`."""
        self._note(path)
        return super().read(path, limit=limit)

    def open(self, path: str) -> BinaryIO:
        """See :class:`~samestack.capture.tree.Tree`."""
        self._note(path)
        return super().open(path)

    def entries(self, path: str) -> list[Entry]:
        """See :class:`~samestack.capture.tree.Tree`."""
        self._note(path)
        return super().entries(path)

    def is_file(self, path: str) -> bool:
        """See :class:`~samestack.capture.tree.Tree`."""
        self._note_presence(path)
        return super().is_file(path)

    def is_directory(self, path: str) -> bool:
        """See :class:`~samestack.capture.tree.Tree`."""
        self._note_presence(path)
        return super().is_directory(path)

    def resolve(self, path: str) -> str:
        """See :class:`~samestack.capture.tree.Tree`."""
        self._note(path)
        return super().resolve(path)

    def status(self, path: str) -> os.stat_result | None:
        """See :class:`~samestack.capture.tree.MachineTree`."""
        self._note(path)
        return super().status(path)

    def _note(self, path: str) -> None:
        if path not in self._asked:
            self._asked.add(path)
            self._stamp(path if os.path.lexists(path) else _directory_of(path))

    def _note_presence(self, path: str) -> None:
        """Whether it is there is told by its directory; not of a link, which leads elsewhere."""
        if path not in self._asked:
            self._stamp(path if os.path.islink(path) else _directory_of(path))

    def _stamp(self, path: str) -> None:
        if path not in self.stamps:
            self.stamps[path] = _stamp(path)


def observed(
    read: Callable[[MachineTree], Observation], options: Options, kind: str, *key: str
) -> Observation:
    """What ``read`` observes with these options: remembered, unless every file is to be read in any case.

    A file can be altered without its size and time telling, and that is just what whoever asks wants to know.
    """
    if options.files:
        return read(MachineTree())
    return remembered(read, kind, *key, f"deep={options.deep}")


def remembered(read: Callable[[MachineTree], Observation], *key: str) -> Observation:
    """What ``read`` observes, or observed before if all that it looked at then is as it was.

    ``read`` must know nothing but what ``key`` says and what the tree shows it.
    """
    cache = Cache(cache_directory(os.environ, "observations"), _Memory)
    name = cache.key(__version__, str(OBSERVATION), *key)
    memory = cache.get(name)
    if memory is not None and _are_as_they_were(memory.stamps):
        return memory.observation
    tree = WatchingTree()
    started = time.time_ns()
    observation = read(tree)
    if all(_is_settled(stamp, started) for stamp in tree.stamps.values()):
        cache.put(name, _Memory(observation, tree.stamps))
        cache.prune()
    return observation


def _directory_of(path: str) -> str:
    """The directory, where there is one: as long as that is as it was, what is missing from it is missing."""
    directory = os.path.dirname(path)
    return directory if os.path.isdir(directory) else path


def _are_as_they_were(stamps: dict[str, Stamp | None]) -> bool:
    """Written out: a thousand files are looked at here, and a call for each costs as much as the look."""
    look = os.stat
    for path, stamp in stamps.items():
        try:
            status = look(path)
        except (OSError, ValueError):
            if stamp is not None:
                return False
        else:
            if stamp != (status.st_ino, status.st_size, status.st_mtime_ns):
                return False
    return True


def _is_settled(stamp: Stamp | None, now: int) -> bool:
    return stamp is None or stamp[2] < now - SETTLING_NANOSECONDS


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return (status.st_ino, status.st_size, status.st_mtime_ns)
