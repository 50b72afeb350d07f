"""Files of this machine: small regular ones."""

from __future__ import annotations

import os
import stat

from samestack.config.startup.entry import UnreadableError

MAX_BYTES = 1024 * 1024


def read_local(path: str, source: str, place: str = "") -> str:
    """The text, in UTF-8, of a regular file of at most :data:`MAX_BYTES`; else ``UnreadableError``."""
    try:
        data = _bytes(path)
    except OSError as error:
        raise unreadable(error, source, place) from None
    if data is None:
        raise UnreadableError(source, "not a regular file", place)
    if len(data) > MAX_BYTES:
        raise UnreadableError(source, f"larger than the limit of {MAX_BYTES:,} bytes", place)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass  # what is raised in here would keep the bytes as its context
    raise UnreadableError(source, "not UTF-8 text", place)


def unreadable(error: OSError, source: str, place: str = "") -> UnreadableError:
    """Why a file or directory says nothing."""
    return UnreadableError(source, f"cannot be read: {error.strerror or type(error).__name__}", place)


def _bytes(path: str) -> bytes | None:
    # Opening a pipe would wait for its writer, so it is opened without waiting and then refused.
    flags = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
    with open(os.open(path, flags), "rb") as file:
        is_regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
        return file.read(MAX_BYTES + 1) if is_regular else None
