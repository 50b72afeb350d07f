"""What comes before a header of a tar archive and counts for it: pax records, and GNU's long names."""

import re
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from samestack.oci.layers.tar_header import TarHeader, text

MAX_EXTENSION_BYTES: Final = 1 << 20
"""The longest that is read, as in Go's reader."""

_LENGTH: Final = re.compile(rb"([1-9][0-9]{0,6}) ")
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
_SPARSE: Final = "GNU.sparse."


class Extensions(Struct, frozen=True):
    """What counts for the next header; empty where nothing was said."""

    name: str = ""
    target: str = ""
    size: str = ""
    user: str = ""
    group: str = ""
    long_name: str = ""
    """GNU's: it comes before a pax name, as it does in Go's reader."""
    long_target: str = ""

    def with_one(self, kind: str, data: bytes) -> "Extensions":
        """With one more: ``x`` (pax), ``L`` (name) or ``K`` (target); ``ValueError`` for a bad one."""
        if kind == "L":
            return replace(self, long_name=text(data))
        if kind == "K":
            return replace(self, long_target=text(data))
        return _with_records(self, data)

    def applied(self, header: TarHeader) -> TarHeader:
        """The header with what was said before it."""
        return replace(
            header,
            name=self.long_name or self.name or header.name,
            target=self.long_target or self.target or header.target,
            size=_number(self.size, header.size),
            user=_number(self.user, header.user),
            group=_number(self.group, header.group),
        )


NONE: Final = Extensions()

_FIELDS: Final = {"path": "name", "linkpath": "target", "size": "size", "uid": "user", "gid": "group"}


def _with_records(before: Extensions, data: bytes) -> Extensions:
    found = {}
    while data.rstrip(b"\0"):
        record, data = _first_record(data)
        key, equals, value = record.decode("utf-8", "surrogateescape").partition("=")
        if not equals or not key or "\0" in key:
            raise ValueError("a pax record has no key")
        if key.startswith(_SPARSE):
            raise ValueError("it holds a sparse file, which no engine writes")
        if key in _FIELDS:
            found[_FIELDS[key]] = value
    if any("\0" in value for value in found.values()):
        raise ValueError("a pax record has a zero in a name")
    return replace(before, **found)


def _first_record(data: bytes) -> tuple[bytes, bytes]:
    """``LENGTH KEY=VALUE`` and the end of a line; the length is that of the whole record."""
    match = _LENGTH.match(data)
    length = int(match[1]) if match else 0
    if match is None or not match.end() < length <= len(data) or data[length - 1 : length] != b"\n":
        raise ValueError("a pax record has a wrong length")
    return data[match.end() : length - 1], data[length:]


def _number(said: str, otherwise: int) -> int:
    if not said:
        return otherwise
    if not _NUMBER.fullmatch(said):
        raise ValueError("a pax record has a number that is none")
    return int(said)
