"""Files of this machine as sources: small regular ones, and why one cannot be read."""

import os
import stat
from pathlib import Path
from typing import Final

from samestack.errors import InputError
from samestack.outside.source_error import Reason, SourceError

MAX_BYTES: Final = 1024 * 1024
"""The largest file that is read. Kubernetes and Vault keep no secret of more than that."""


def read_local(path: Path, source: str, place: str = "") -> str:
    """The text of a regular file of at most :data:`MAX_BYTES`, in UTF-8.

    :class:`SourceError` where it is not there or may not be read, :class:`InputError` for what is no such
    text. ``source`` and ``place`` name it in errors; nothing of its content does.
    """
    try:
        data = _bytes(path, source, place)
    except OSError as error:
        raise unreadable(error, source, place) from None
    if len(data) > MAX_BYTES:
        raise InputError(source, f"larger than the limit of {MAX_BYTES:,} bytes", place=place or None)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(source, "not UTF-8 text", place=place or None, hint="save it as UTF-8") from None


def file_revision(path: Path, source: str) -> str:
    """A text that changes when the file is replaced or written to."""
    try:
        return revision_of(path.stat())
    except OSError as error:
        raise unreadable(error, source) from None


def revision_of(status: os.stat_result) -> str:
    """The inode, the time of the last change and the size, which no content needs to be read for."""
    return f"{status.st_ino}-{status.st_mtime_ns}-{status.st_size}"


def unreadable(error: OSError, source: str, place: str = "") -> SourceError:
    """Why a file or directory says nothing."""
    where = f"{place}: " if place else ""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return SourceError(source, Reason.MISSING, f"{where}no such file or directory")
    reason = Reason.DENIED if isinstance(error, PermissionError) else Reason.UNREACHABLE
    return SourceError(source, reason, f"{where}cannot be read: {error.strerror}")


def _bytes(path: Path, source: str, place: str) -> bytes:
    # Opening a pipe would wait for its writer, so it is opened without waiting and then refused.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise InputError(source, "not a regular file", place=place or None)
        return file.read(MAX_BYTES + 1)
