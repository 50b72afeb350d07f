"""A tree of files that is examined and not trusted: this machine's own, or one below a directory.

Probes read through this interface alone, so that whatever can show its files (a root file system today, an
image's layers) is captured by the same probes. Paths are absolute POSIX texts *inside* the tree.
"""

import errno
import os
import posixpath
import stat
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, Protocol

from msgspec import Struct

from samestack.capture.links import followed
from samestack.errors import InputError

MAX_TEXT_BYTES: Final = 16 * 1024 * 1024
"""The largest metadata file that is read whole. The largest real one seen, a RECORD, has 2 MB."""

_PIECE_BYTES = 64 * 1024


class Entry(Struct, frozen=True):
    """A name in a directory. A link is of the kind that it leads to; one that leads nowhere is neither."""

    name: str
    path: str
    is_directory: bool
    is_file: bool
    is_link: bool


class Tree(Protocol):
    """Files to be read. What is missing raises ``FileNotFoundError``, what is too large InputError."""

    def read(self, path: str, *, limit: int = MAX_TEXT_BYTES) -> bytes:
        """The whole content of a regular file of at most ``limit`` bytes."""

    def open(self, path: str) -> BinaryIO:
        """A regular file, opened for seeking and reading."""

    def entries(self, path: str) -> list[Entry]:
        """What a directory holds, sorted by name; nothing when it is missing or no directory."""

    def is_file(self, path: str) -> bool:
        """Whether a regular file is there, links followed."""

    def is_directory(self, path: str) -> bool:
        """Whether a directory is there, links followed."""

    def resolve(self, path: str) -> str:
        """The path with every link followed, as far as it exists; still inside the tree."""

    def shown(self, path: str) -> str:
        """The path as the user would write it on this machine."""


class MachineTree:
    """The files of this machine, as the operating system shows them."""

    def read(self, path: str, *, limit: int = MAX_TEXT_BYTES) -> bytes:
        """See :class:`Tree`."""
        return _read(path, limit, self.shown(path))

    def open(self, path: str) -> BinaryIO:
        """See :class:`Tree`."""
        return _open_regular(path)

    def entries(self, path: str) -> list[Entry]:
        """See :class:`Tree`."""
        return sorted(_scanned(path, path), key=lambda entry: entry.name)

    def is_file(self, path: str) -> bool:
        """See :class:`Tree`."""
        return os.path.isfile(path)

    def is_directory(self, path: str) -> bool:
        """See :class:`Tree`."""
        return os.path.isdir(path)

    def resolve(self, path: str) -> str:
        """See :class:`Tree`."""
        return os.path.realpath(path)

    def status(self, path: str) -> os.stat_result | None:
        """Size and time of what is there, a link not followed; ``None`` for what is missing."""
        try:
            return os.lstat(path)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def shown(self, path: str) -> str:
        """See :class:`Tree`."""
        return path


class RootTree:
    """The files below a directory, as a program confined to it would see them: no link leads out."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = os.path.realpath(root)

    def read(self, path: str, *, limit: int = MAX_TEXT_BYTES) -> bytes:
        """See :class:`Tree`."""
        return _read(self._outside(path), limit, self.shown(path))

    def open(self, path: str) -> BinaryIO:
        """See :class:`Tree`."""
        return _open_regular(self._outside(path))

    def entries(self, path: str) -> list[Entry]:
        """See :class:`Tree`."""
        try:
            outside = self._outside(path)
        except OSError:  # a link that leads round in a circle is no directory
            return []
        found = [self._entry(entry) for entry in _scanned(outside, path)]
        return sorted(found, key=lambda entry: entry.name)

    def is_file(self, path: str) -> bool:
        """See :class:`Tree`."""
        return stat.S_ISREG(self._mode(path))

    def is_directory(self, path: str) -> bool:
        """See :class:`Tree`."""
        return stat.S_ISDIR(self._mode(path))

    def resolve(self, path: str) -> str:
        """See :class:`Tree`."""
        return self._followed(path)

    def shown(self, path: str) -> str:
        """See :class:`Tree`."""
        return self.root + posixpath.normpath("/" + path.lstrip("/"))

    def _entry(self, entry: Entry) -> Entry:
        if not entry.is_link:
            return entry
        mode = self._mode(entry.path)
        return Entry(entry.name, entry.path, stat.S_ISDIR(mode), stat.S_ISREG(mode), is_link=True)

    def _mode(self, path: str) -> int:
        try:
            return os.lstat(self._outside(path)).st_mode
        except OSError:
            return 0

    def _outside(self, path: str) -> str:
        return self.root + self._followed(path)

    def _followed(self, path: str) -> str:
        return followed(path, lambda inside: _link_target(self.root + inside), shown=self.shown(path))


def _link_target(path: str) -> str | None:
    try:
        return os.readlink(path)
    except OSError:
        return None


def _scanned(directory: str, shown_as: str) -> Iterator[Entry]:
    prefix = shown_as.rstrip("/")
    try:
        with os.scandir(directory) as found:
            for entry in found:
                yield Entry(
                    entry.name,
                    f"{prefix}/{entry.name}",
                    _answer(entry.is_dir),
                    _answer(entry.is_file),
                    entry.is_symlink(),
                )
    except OSError:  # missing, no directory, not ours to read, or a link that leads round in a circle
        return


def _answer(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:  # a link that leads round in a circle is neither file nor directory
        return False


def _open_regular(path: str) -> BinaryIO:
    return os.fdopen(_descriptor(path)[0], "rb")


def _descriptor(path: str) -> tuple[int, int]:
    """A regular file, opened, and the size that it claims to have."""
    # O_NONBLOCK: a named pipe in a hostile tree must not make us wait for a writer.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise FileNotFoundError(errno.ENOENT, "not a regular file", path)
    return descriptor, status.st_size


def _read(path: str, limit: int, shown: str) -> bytes:
    descriptor, size = _descriptor(path)
    try:
        # One call and a buffer of the file's size: asking for limit + 1 bytes would make one of that size.
        data = os.read(descriptor, min(size, limit) + 1)
        # Files of /proc and /sys claim another size than they have and come in pieces.
        while len(data) not in {size, limit + 1}:
            piece = os.read(descriptor, min(_PIECE_BYTES, limit + 1 - len(data)))
            if not piece:
                break
            data += piece
    finally:
        os.close(descriptor)
    if len(data) > limit:
        raise InputError(shown, f"larger than the {limit} bytes that such a file may have")
    return data
