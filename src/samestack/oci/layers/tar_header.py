"""A header of a tar archive, read as strictly as Go's reader in Docker, containerd and podman does.

The standard library's reader is not used: it takes numbers and names that Go's refuses or understands
otherwise, so that a hostile layer would hold other files for us than for an engine, and it reads extension
headers of any size into memory.
"""

import re
from typing import Final

from msgspec import Struct

BLOCK_BYTES: Final = 512

_POSIX: Final = b"ustar\0"
_STAR: Final = b"tar\0"
_MAX_NUMBER: Final = 1 << 63
_OCTAL: Final = re.compile(rb"[0-7]*")


class TarHeader(Struct, frozen=True):
    """What one header says, before longer names and numbers from the extensions before it count."""

    name: str
    type: str
    mode: int
    user: int
    group: int
    size: int
    """Bytes, as stated; of a link or a directory they mean nothing."""
    target: str


def parsed(block: bytes) -> TarHeader:
    """A header; ``ValueError`` says what is wrong with it."""
    if not _has_its_checksum(block):
        raise ValueError("its checksum is wrong")
    return TarHeader(
        name=_name(block),
        type=chr(block[156]),
        mode=number(block[100:108]) & 0o7777,
        user=number(block[108:116]),
        group=number(block[116:124]),
        size=number(block[124:136]),
        target=text(block[157:257]),
    )


def text(field: bytes) -> str:
    """A text up to its first zero; bytes that are no UTF-8 are kept as halves of characters."""
    return field.partition(b"\0")[0].decode("utf-8", "surrogateescape")


def number(field: bytes) -> int:
    """A number in octal digits, or in binary where the first bit says so; never a negative one."""
    if field[0] & 0x80:
        value = int.from_bytes(field, "big", signed=False) - (0x80 << 8 * (len(field) - 1))
        if field[0] & 0x40 or value >= _MAX_NUMBER:
            raise ValueError("a number is negative or too large")
        return value
    digits = field.strip(b" \0")
    if not _OCTAL.fullmatch(digits):
        raise ValueError("a number is not octal")
    return int(digits or b"0", 8)


def _name(block: bytes) -> str:
    """GNU's own format has times where the standard one has the beginning of a long name."""
    if block[257:263] != _POSIX:
        return text(block[:100])
    prefix = text(block[345:476] if block[508:512] == _STAR else block[345:500])
    name = text(block[:100])
    return f"{prefix}/{name}" if prefix else name


def _has_its_checksum(block: bytes) -> bool:
    """The sum of all bytes with spaces for itself; old programs summed them as signed ones."""
    try:
        stated = number(block[148:156])
    except ValueError:
        return False
    counted = block[:148] + b" " * 8 + block[156:]
    return stated == sum(counted) or stated == sum(counted) - 256 * sum(byte > 127 for byte in counted)
