"""Who writes to a history: one at a time, a line that is there whole or counts for nothing."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from samestack.deploy.entry import Entry, encode_line
from samestack.deploy.exclusion import alone
from samestack.deploy.history import History, history_path, read_history
from samestack.errors import OutsideError


class Journal:
    """A history that nobody else on this machine writes to; see :func:`held_journal`."""

    def __init__(self, project: Path, environment: str) -> None:
        self.project = project
        self.environment = environment
        self.history: History = read_history(project, environment)
        """What it says, this process's own entries included."""

    def chained(self, entry: Entry) -> Entry:
        """The entry with the hash of the line that it would stand after."""
        return msgspec.structs.replace(entry, chain=self.history.head)

    def append(self, entry: Entry) -> Entry:
        """Write an entry, chained to the last one, and return it; it is on the disk when this returns."""
        written = self.chained(entry)
        path = history_path(self.project, self.environment)
        try:
            _append(path, self.history, encode_line(written))
        except OSError as error:
            raise OutsideError(f"{path}: cannot be written: {error.strerror}") from None
        self.history = read_history(self.project, self.environment)
        return written


@contextlib.contextmanager
def held_journal(project: Path, environment: str, who: str, when: str) -> Iterator[Journal]:
    """Hold an environment's history; :class:`~samestack.errors.RequestError` tells who holds it already."""
    path = history_path(project, environment)
    with alone(path.with_name(f".{environment}.lock"), f"{environment} is being deployed to", who, when):
        yield Journal(project, environment)


def _append(path: Path, history: History, line: bytes) -> None:
    is_new = not path.exists()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    try:
        os.ftruncate(descriptor, history.whole_bytes)  # a part of a line, from a crash
        data = (b"\n" if history.lacks_line_end else b"") + line + b"\n"
        _write(descriptor, data, history.whole_bytes)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        _sync_directory(path.parent)


def _write(descriptor: int, data: bytes, offset: int) -> None:
    """All of the data, or nothing of it."""
    written = 0
    try:
        while written < len(data):
            written += os.pwrite(descriptor, data[written:], offset + written)
    except OSError:
        os.ftruncate(descriptor, offset)
        raise


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
