"""What a distribution consists of: RECORD's rows, and the digest in which equal installations are equal.

RECORD lists every installed file with its hash (PyPA's "Recording installed projects"; PEP 376, PEP 627). The
digest leaves out what depends on the installer and on the place, so that the same wheel has one digest,
whoever installed it and wherever.
"""

import csv
import hashlib
import io
import re
from bisect import bisect_left
from typing import Final

from msgspec import Struct

_COMMA: Final = ord(",")
_ROW_END = re.compile(rb",\d*\r?\n")
_DRIVE = re.compile(r"[A-Za-z]:/")
_COMPILED = b"__pycache__/"
OF_THE_INSTALLER: Final = frozenset(
    {
        b"RECORD",
        b"RECORD.jws",
        b"RECORD.p7s",
        b"INSTALLER",
        b"REQUESTED",
        b"direct_url.json",
        b"provenance_url.json",
        b"uv_build.json",
        b"uv_cache.json",
    }
)
"""What an installer writes into the metadata directory on its own account."""


class Content(Struct, frozen=True):
    """The digest of a distribution's files, where RECORD tells it, and what is wrong with RECORD."""

    digest: str | None = None
    problem: str = ""


def content_of(record: bytes, metadata_directory: str) -> Content:
    """The ``sha256:`` digest over ``path,hash`` of RECORD's rows, sorted and joined by NUL.

    Left out are rows without a hash; files that the interpreter compiled (``__pycache__``); files outside the
    site directory (scripts, which hold the path of their interpreter); and the installer's own files in
    ``metadata_directory``, which is a name. Where no row is left, the digest is ``None``.
    """
    name = metadata_directory.encode("utf-8", "surrogateescape")
    plain = _plain_rows(record)
    if plain is not None:
        kept = _kept(plain, name)
        joined = b"\0".join(kept)
        if b"\n" not in joined and joined.count(b",") == len(kept):
            return Content(_digest(kept, joined))
    rows, problem = _parsed_rows(record)
    kept = _kept(rows, name)
    return Content(_digest(kept, b"\0".join(kept)), problem)


def _digest(rows: list[bytes], joined: bytes) -> str | None:
    if _COMPILED in joined:
        joined = b"\0".join(row for row in rows if _COMPILED not in row)
    return f"sha256:{hashlib.sha256(joined).hexdigest()}" if joined else None


def _plain_rows(record: bytes) -> list[bytes] | None:
    """``path,hash`` of the rows that have a hash; ``None`` when one surely needs a CSV parser.

    The most expensive step of reading an environment, which may have 40,000 rows: one cut a row. A row that
    lacks a field is not found out here.
    """
    if b'"' in record or b"\\" in record or b"\0" in record:
        return None
    rows = _ROW_END.split(record if record.endswith(b"\n") else record + b"\n")
    return None if rows.pop() else [row for row in rows if row and row[-1] != _COMMA]


def _parsed_rows(record: bytes) -> tuple[list[bytes], str]:
    """``path,hash`` of the rows of any RECORD that have a hash, and what is wrong with it.

    Windows' separators become those of a POSIX path.
    """
    text = record.decode("utf-8", "surrogateescape")
    rows: list[bytes] = []
    malformed = 0
    try:
        for fields in csv.reader(io.StringIO(text, newline="")):
            if len(fields) == 3 and fields[1]:
                path = fields[0].replace("\\", "/")
                row = f"/{path},{fields[1]}" if _DRIVE.match(path) else f"{path},{fields[1]}"
                rows.append(row.encode("utf-8", "surrogateescape"))
            malformed += len(fields) not in {0, 3}
    except csv.Error as error:
        return rows, f"it is not CSV: {error}"
    return rows, f"{malformed} of its rows have not three fields" if malformed else ""


def _kept(rows: list[bytes], metadata_directory: bytes) -> list[bytes]:
    """Those of the rows that count, sorted."""
    rows.sort()
    for directory in (b"..", b""):
        rows[_below(rows, directory)] = []
    own = _below(rows, metadata_directory)
    start = len(metadata_directory) + 1
    rows[own] = [row for row in rows[own] if row[start:].rpartition(b",")[0] not in OF_THE_INSTALLER]
    return rows


def _below(rows: list[bytes], directory: bytes) -> slice:
    """Where in sorted rows the files of a directory stand: after ``/`` comes ``0``."""
    return slice(bisect_left(rows, directory + b"/"), bisect_left(rows, directory + b"0"))
