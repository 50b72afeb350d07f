"""The index of a git checkout: which files git keeps, as they were when it last looked.

Versions 2 to 4 of git's "index-format".
"""

import struct
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

MAX_ENTRIES: Final = 200_000
"""More entries than this are not read. Linux has 90,000."""

_HEADER = struct.Struct(">4sII")
_FIXED = struct.Struct(">10I20sH")
_EXTENDED: Final = 0x4000
_ASSUMED: Final = 0x8000
_STAGE: Final = 0x3000
_NAME_LENGTH: Final = 0x0FFF
_SKIPPED: Final = 0x4000
_INTENDED: Final = 0x2000


class IndexEntry(Struct, frozen=True):
    """One file as git knows it."""

    path: str
    """Below the checkout's root."""
    mode: int
    size: int
    """Of the file in the checkout, the lower 32 bits; 0 where git wants it looked at."""
    seconds: int
    nanoseconds: int
    digest: bytes
    """SHA-1 over a header and the content as git keeps it."""
    is_new: bool
    """Whether it is in no commit for certain: a conflict that is not solved, or announced and not added."""
    is_unwatched: bool
    """Whether git was told not to look at it."""


def index_entries(content: bytes) -> Iterator[IndexEntry]:
    """The entries of an index; ``ValueError`` as soon as one is malformed."""
    try:
        yield from _entries(content)
    except struct.error:
        raise ValueError("the index ends too early") from None


def _entries(content: bytes) -> Iterator[IndexEntry]:
    signature, version, count = _HEADER.unpack_from(content)
    if signature != b"DIRC" or version not in {2, 3, 4} or count > MAX_ENTRIES:
        raise ValueError("no index of a version that is known")
    at, name = _HEADER.size, b""
    for _ in range(count):
        start = at
        fields = _FIXED.unpack_from(content, at)
        flags = fields[11]
        at += _FIXED.size
        further = 0
        if flags & _EXTENDED:
            (further,) = struct.unpack_from(">H", content, at)
            at += 2
        if version == 4:
            name, at = _compressed_name(content, at, name)
        else:
            name = _name(content, at, flags & _NAME_LENGTH)
            at = start + (at - start + len(name) + 8) // 8 * 8
        yield IndexEntry(
            path=name.decode("utf-8", "surrogateescape"),
            mode=fields[6],
            size=fields[9],
            seconds=fields[2],
            nanoseconds=fields[3],
            digest=fields[10],
            is_new=bool(flags & _STAGE or further & _INTENDED),
            is_unwatched=bool(flags & _ASSUMED or further & _SKIPPED),
        )


def _name(content: bytes, at: int, length: int) -> bytes:
    """A name whose length is stated, unless it is too long for that."""
    if length == _NAME_LENGTH:
        length = _end(content, at) - at
    if len(content) < at + length:
        raise ValueError("the index ends too early")
    return content[at : at + length]


def _compressed_name(content: bytes, at: int, before: bytes) -> tuple[bytes, int]:
    """The name before, less so many bytes, and what stands up to a zero byte."""
    removed, at = _number(content, at)
    if removed > len(before):
        raise ValueError("a name is shorter than what is taken from it")
    end = _end(content, at)
    return before[: len(before) - removed] + content[at:end], end + 1


def _number(content: bytes, at: int) -> tuple[int, int]:
    """A number as git writes offsets: seven bits a byte, of which each but the last counts one more."""
    number = -1
    for place in range(at, min(at + 5, len(content))):
        number = (number + 1) << 7 | content[place] & 0x7F
        if content[place] < 0x80:
            return number, place + 1
    raise ValueError("a number does not end")


def _end(content: bytes, at: int) -> int:
    end = content.find(b"\0", at)
    if end < 0:
        raise ValueError("a name does not end")
    return end
