"""RECORD as rows that can be searched: sorted, so that the files of a directory stand together.

A RECORD may have 10,000 rows, so that what is asked of it is asked by bisection and of few of them.
"""

import csv
import io
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from msgspec import Struct


class RecordedFile(Struct, frozen=True):
    """What RECORD says of one file; ``hash`` and ``size`` are empty where it does not say them."""

    path: str
    """As it is written, mostly relative to the site directory."""
    hash: str
    """``sha256=...``, in base64."""
    size: str


def record_rows(record: str) -> list[str]:
    """The rows of RECORD's text, sorted; of a malformed one those that can be understood.

    An address is no path. It could hold a password, and would be named where it cannot be read.
    """
    if '"' in record or "\\" in record:
        rows = list(_parsed(record))
    else:
        rows = record.replace("\r\n", "\n").split("\n")
    if "://" in record:
        rows = [row for row in rows if "://" not in row]
    rows.sort()
    del rows[: bisect_right(rows, "")]
    return rows


def recorded_file(row: str) -> RecordedFile | None:
    """A row in its parts: neither hashes nor sizes hold a comma. ``None`` for what is no row."""
    parts = row.rsplit(",", 2)
    return RecordedFile(*parts) if len(parts) == 3 and parts[0] else None


def below(rows: list[str], directory: str) -> list[str]:
    """The rows of the files in a directory, however deep: after ``/`` comes ``0``."""
    return rows[bisect_left(rows, f"{directory}/") : bisect_left(rows, f"{directory}0")]


class Top(Struct, frozen=True):
    """What stands first in the paths of a RECORD: directories, and files that lie in the site directory."""

    directories: tuple[str, ...]
    files: tuple[str, ...]
    """Their rows."""


def top_of(rows: list[str]) -> Top:
    """The directories' names, and the rows of files that lie in the site directory itself."""
    directories: list[str] = []
    files: list[str] = []
    at = 0
    while at < len(rows):
        first, slash, _ = rows[at].partition("/")
        if slash and "," not in first:
            directories.append(first)
            at = bisect_left(rows, f"{first}0", lo=at + 1)
        else:
            files.append(rows[at])
            at += 1
    return Top(tuple(directories), tuple(files))


def _parsed(record: str) -> Iterator[str]:
    """Windows' separators become those of a POSIX path."""
    try:
        for fields in csv.reader(io.StringIO(record, newline="")):
            if len(fields) == 3:
                yield ",".join((fields[0].replace("\\", "/"), *fields[1:]))
    except csv.Error:  # what stands behind it cannot be told apart; the capture remarks on it
        return
