"""A ``.deb``: an ``ar`` archive of two tar archives: what describes it, what is installed (``man deb``).

Its hash was checked before it is read; it is read as carefully as if it had not been.
"""

import gzip
import lzma
import os
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, cast

from msgspec import Struct

from samestack.errors import InputError
from samestack.libraries import library

_MAGIC: Final = b"!<arch>\n"
_HEADER: Final = 60
_MOST_MEMBERS: Final = 16
_FORMAT: Final = b"2."
MOST_BYTES: Final = 8 << 30
"""Of one of the two archives, unpacked."""
_CHUNK: Final = 1 << 20


class Member(Struct, frozen=True):
    """One part of an ``ar`` archive."""

    name: str
    offset: int
    size: int


def unpack_member(path: Path, kind: str, out: BinaryIO, *, where: str) -> None:
    """Write the tar archive ``kind`` (``control`` or ``data``) of a package, unpacked.

    :class:`InputError` naming ``where`` for anything that is no package, or grows beyond all bounds.
    """
    with path.open("rb") as file:
        member = _tar_member(_members(file, where), file, kind, where)
        part = _Part(file, member)
        suffix = member.name.removeprefix(f"{kind}.tar")
        size = 0
        try:
            for data in _chunks(_unpacked(part, suffix, where)):
                size += len(data)
                if size > MOST_BYTES:
                    raise InputError(where, f"{member.name} grows beyond {MOST_BYTES} bytes")
                out.write(data)
        except (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile, _zstandard_error()) as error:
            raise InputError(where, f"{member.name} is packed in a broken way: {error}") from None


def _tar_member(members: Mapping[str, Member], file: BinaryIO, kind: str, where: str) -> Member:
    marker = members.get("debian-binary")
    if marker is None or not _bytes(file, marker).startswith(_FORMAT):
        raise InputError(where, "it is no Debian package of format 2")
    found = [one for one in members.values() if one.name.startswith(f"{kind}.tar")]
    if len(found) != 1:
        raise InputError(where, f"it has {len(found)} archives '{kind}' and not one")
    return found[0]


def _members(file: BinaryIO, where: str) -> Mapping[str, Member]:
    end = file.seek(0, os.SEEK_END)
    file.seek(0)
    if file.read(len(_MAGIC)) != _MAGIC:
        raise InputError(where, "it is no Debian package")
    found: dict[str, Member] = {}
    offset = len(_MAGIC)
    while offset + _HEADER <= end and len(found) < _MOST_MEMBERS:
        file.seek(offset)
        member = _member(file.read(_HEADER), offset, where)
        offset = member.offset + member.size + member.size % 2
        if member.offset + member.size > end or member.name in found:
            raise InputError(where, f"its part '{member.name}' ends too early or is there twice")
        found[member.name] = member
    return found


def _member(header: bytes, offset: int, where: str) -> Member:
    name, size = header[:16].rstrip(b" /"), header[48:58].strip()
    if header[58:] != b"`\n" or not size.isdigit() or not name.isascii():
        raise InputError(where, "it is no archive as packages are", place=f"offset {offset:#x}")
    return Member(name.decode("ascii"), offset + _HEADER, int(size))


def _bytes(file: BinaryIO, member: Member) -> bytes:
    file.seek(member.offset)
    return file.read(min(member.size, _CHUNK))


class _Part:
    """A part of a file as a stream of its own."""

    def __init__(self, file: BinaryIO, member: Member) -> None:
        self._file = file
        self._left = member.size
        file.seek(member.offset)

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data


def _unpacked(part: _Part, suffix: str, where: str) -> IO[bytes]:
    stream: Any = part  # only read() is asked of it
    match suffix:
        case ".xz":
            return lzma.open(stream)
        case ".gz":
            return cast("IO[bytes]", gzip.open(stream))
        case ".zst":
            zstandard = library("zstandard", "reading a Debian package", extra="image")
            reader: IO[bytes] = zstandard.ZstdDecompressor(max_window_size=1 << 28).stream_reader(stream)
            return reader
        case "":
            return stream  # type: ignore[no-any-return]
    raise InputError(where, f"its archive is packed as '{suffix}', which is not known")


def _zstandard_error() -> type[Exception]:
    error: type[Exception] = library("zstandard", "reading a Debian package", extra="image").ZstdError
    return error


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while data := stream.read(_CHUNK):
        yield data
