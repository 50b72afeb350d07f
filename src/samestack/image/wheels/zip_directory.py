"""The directory of a zip archive, read as strictly as only an attacker could mind.

Archives that two programs can read as different files are refused: whatever stands before the first file,
between two, after the directory, or in two directories. Python's ``zipfile`` reads most of them.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

from msgspec import Struct

from samestack.errors import InputError
from samestack.image.wheels.zip_end import directory_extent, distrusted

STORED: Final = 0
DEFLATED: Final = 8
HAS_DESCRIPTOR: Final = 0x08
MOST_ENTRIES: Final = 200_000
MOST_DIRECTORY_BYTES: Final = 64 << 20

_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_FULL_32: Final = 0xFFFFFFFF
_UTF8: Final = 0x800
_KNOWN_FLAGS: Final = 0x06 | HAS_DESCRIPTOR | _UTF8
_UNIX: Final = 3
_TYPE_BITS: Final = 0o170000
_ZIP64: Final = 0x0001
_OTHER_NAME: Final = 0x7075
"""An extra field with another name of the same file, which some programs prefer."""


class ZipEntry(Struct, frozen=True, kw_only=True):
    """One file or directory of an archive, as its directory tells."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    """Bytes in the archive."""
    size: int
    """Bytes of the content."""
    offset: int
    """Where its local header begins."""
    mode: int
    """Unix type and permission bits, the latter only where the archive was made on Unix."""


class ZipDirectory(Struct, frozen=True, kw_only=True):
    """All entries, in the directory's order, and where the directory begins."""

    entries: tuple[ZipEntry, ...]
    start: int


def read_directory(file: BinaryIO, *, shown: str) -> ZipDirectory:
    """The directory at the end of an archive; :class:`InputError` names what is wrong with it."""
    extent = directory_extent(file, shown=shown)
    if extent.entries > MOST_ENTRIES or extent.size > MOST_DIRECTORY_BYTES:
        raise distrusted(shown, f"its directory of {extent.entries} files is not read")
    file.seek(extent.start)
    data = file.read(extent.size)
    entries = tuple(_entries(data, shown))
    if len(entries) != extent.entries:
        raise distrusted(shown, f"its directory has {len(entries)} files and claims {extent.entries}")
    return ZipDirectory(entries=entries, start=extent.start)


def extra_fields(data: bytes, *, shown: str, name: str) -> dict[int, bytes]:
    """The extra fields of a header by their numbers, each of which is there once."""
    fields: dict[int, bytes] = {}
    while len(data) >= 4:
        number, size = struct.unpack_from("<HH", data)
        if len(data) < 4 + size or (number == _ZIP64 and number in fields):
            break
        fields[number] = data[4 : 4 + size]
        data = data[4 + size :]
    if data:
        raise InputError(shown, "its extra fields are malformed", place=name)
    return fields


def large_numbers(extra: dict[int, bytes], numbers: tuple[int, ...], *, shown: str, name: str) -> list[int]:
    """Numbers of a header, those that do not fit from its ZIP64 field."""
    found = []
    field = extra.get(_ZIP64, b"")
    for number in numbers:
        if number == _FULL_32 and _ZIP64 in extra:
            if len(field) < 8:
                raise InputError(shown, "its ZIP64 field is too short", place=name)
            number = int.from_bytes(field[:8], "little")  # noqa: PLW2901 - the real one
            field = field[8:]
        found.append(number)
    return found


def _entries(data: bytes, shown: str) -> Iterator[ZipEntry]:
    place = 0
    while place < len(data):
        if len(data) - place < _CENTRAL.size or data[place : place + 4] != b"PK\x01\x02":
            raise distrusted(shown, "its directory is malformed")
        header = _CENTRAL.unpack_from(data, place)
        lengths = header[10:13]
        rest = data[place + _CENTRAL.size : place + _CENTRAL.size + sum(lengths)]
        if len(rest) != sum(lengths):
            raise distrusted(shown, "its directory is malformed")
        yield _entry(header, rest, shown)
        place += _CENTRAL.size + len(rest)


def _entry(header: tuple[int, ...], rest: bytes, shown: str) -> ZipEntry:
    _, made, _, flags, method, _, _, crc, packed, size, name_size, extra_size, _, disk, _, outside, at = (
        header
    )
    raw_name = rest[:name_size]
    name = _name(raw_name, flags, shown)
    extra = extra_fields(rest[name_size : name_size + extra_size], shown=shown, name=name)
    if disk or flags & ~_KNOWN_FLAGS or method not in (STORED, DEFLATED) or _OTHER_NAME in extra:
        hint = "build it again with an up-to-date tool"
        message = "it is encrypted, compressed by an unusual method, or has a second name"
        raise InputError(shown, message, place=name, hint=hint)
    size, packed, at = large_numbers(extra, (size, packed, at), shown=shown, name=name)
    return ZipEntry(
        name=name,
        raw_name=raw_name,
        flags=flags,
        method=method,
        crc=crc,
        packed=packed,
        size=size,
        offset=at,
        mode=(outside >> 16) & (0o177777 if made >> 8 == _UNIX else _TYPE_BITS),
    )


def _name(raw: bytes, flags: int, shown: str) -> str:
    """UTF-8 where the archive says so; else ASCII, since nobody agrees on anything more."""
    try:
        return raw.decode("utf-8" if flags & _UTF8 else "ascii")
    except UnicodeDecodeError:
        raise distrusted(shown, f"it has a file whose name is in no known encoding: {raw!r}") from None
