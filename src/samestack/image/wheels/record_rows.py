"""RECORD: which files a wheel says that it has, and which files an installed package says that it has."""

import base64
import binascii
import csv
import io
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from samestack.errors import InputError

_PREFIX: Final = "sha256="


class RecordRow(Struct, frozen=True, order=True):
    """A file of an installed package."""

    path: str
    """Relative to the directory that the modules stand in."""
    sha256: str = ""
    """In hexadecimal digits; of RECORD itself nothing is said."""
    size: int | None = None


def stated_hashes(text: bytes, *, shown: str, place: str) -> dict[str, str]:
    """SHA-256 by path, in hexadecimal digits, for the files of which RECORD states one."""
    try:
        rows = list(csv.reader(io.StringIO(text.decode("utf-8"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(shown, f"it is malformed: {error}", place=place) from None
    stated = {row[0].lstrip("/"): _hexadecimal(row[1]) for row in rows if len(row) >= 2}
    return {path: sha256 for path, sha256 in stated.items() if sha256}


def record_bytes(rows: Iterable[RecordRow]) -> bytes:
    """RECORD with these rows, sorted."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for row in sorted(rows):
        writer.writerow((row.path, _encoded(row.sha256), "" if row.size is None else row.size))
    return text.getvalue().encode()


def _hexadecimal(stated: str) -> str:
    """Nothing for what is stated wrongly, as a few wheels do: then the content itself is digested."""
    try:
        digest = base64.urlsafe_b64decode(stated.removeprefix(_PREFIX) + "=")
    except (binascii.Error, ValueError):
        return ""
    return digest.hex() if stated.startswith(_PREFIX) and len(digest) == 32 else ""


def _encoded(sha256: str) -> str:
    if not sha256:
        return ""
    return _PREFIX + base64.urlsafe_b64encode(bytes.fromhex(sha256)).rstrip(b"=").decode()
