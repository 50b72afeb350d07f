"""rpm's SQLite database, ``rpmdb.sqlite`` (Fedora, RHEL from 9): the headers that it holds."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

_MAGIC: Final = b"SQLite format 3\0"
_MAX_BLOB_BYTES: Final = 64 * 1024 * 1024
_MAX_STEPS: Final = 1_000
"""Thousands of instructions of SQLite's machine: reading 100,000 packages takes fewer."""


def sqlite_headers(database: BinaryIO, journal: BinaryIO | None) -> Iterator[bytes]:
    """The package headers in an opened ``rpmdb.sqlite`` and, where there is one, its write-ahead log.

    Both are copied first: SQLite would write beside what it opens, and follow links there. ``ValueError``
    when it is not such a database.
    """
    if database.read(len(_MAGIC)) != _MAGIC:
        raise ValueError("it is not a SQLite database")
    database.seek(0)
    with tempfile.TemporaryDirectory(prefix="samestack-") as directory:
        copy = Path(directory) / "rpmdb.sqlite"
        _copy(database, copy)
        if journal is not None:
            _copy(journal, copy.with_name(f"{copy.name}-wal"))
        yield from _rows(copy)


def _copy(source: BinaryIO, target: Path) -> None:
    with target.open("wb") as file:
        shutil.copyfileobj(source, file)


def _rows(path: Path) -> Iterator[bytes]:
    connection = sqlite3.connect(path)
    try:
        _confine(connection)
        for (blob,) in connection.execute("SELECT blob FROM Packages"):
            yield blob if isinstance(blob, bytes) else b""
    except sqlite3.Error as error:
        raise ValueError(f"SQLite says: {error}") from None
    finally:
        connection.close()


def _confine(connection: sqlite3.Connection) -> None:
    """Let a hostile database neither call functions, nor build large values, nor compute for ever."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_BLOB_BYTES)
    steps = iter(range(_MAX_STEPS))
    connection.set_progress_handler(lambda: next(steps, None) is None, 1000)
