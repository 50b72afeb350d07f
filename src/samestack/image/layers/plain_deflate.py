"""Deflate streams that take no compressor: their bytes depend on no library, and never change.

What a wheel's layer adds to the wheel is written by these alone: the headers of the archive, which are mostly
zeros, and small generated files. The format is RFC 1951's.
"""

import functools
import re
import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

MOST_STORED: Final = 0xFFFF
"""Bytes in one stored block."""

# Runs of zeros that a reference shortens, runs of bytes whose codes have eight bits, and other bytes.
_PARTS: Final = re.compile(rb"(\0{4,})|([\x01-\x8f]+(?:\0{1,3}[\x01-\x8f]+)*|\0{1,3})|[\x90-\xff]")
_LONGEST: Final = 258
_EIGHT_BITS: Final = bytes(int(f"{(0x30 + byte) & 0xFF:08b}"[::-1], 2) for byte in range(256))


class _Bits(NamedTuple):
    """Bits in the order of the stream, the first as the lowest of a number."""

    value: int
    length: int

    @classmethod
    def of(cls, text: str) -> "_Bits":
        return cls(int(text[::-1] or "0", 2), len(text))


_BEGINNING: Final = _Bits.of("110")  # a last block, with fixed codes
_ZEROS_AT_END: Final = 7
_DISTANCE_OF_ONE: Final = "00000"


def without_runs_of_zeros(data: bytes) -> bytes:
    """A whole deflate stream: every byte by its fixed code, runs of zeros by references."""
    value, length = _BEGINNING
    for part in _PARTS.finditer(data):
        bits = _coded(part)
        value |= bits.value << length
        length += bits.length
    return value.to_bytes((length + _ZEROS_AT_END + 7) // 8, "little")


def stored(data: bytes) -> bytes:
    """A whole deflate stream that holds the data as it is."""
    return b"".join(stored_blocks(data)) + stored_end()


def stored_blocks(data: bytes) -> Iterator[bytes]:
    """Blocks that hold the data as it is; more may follow, and at last :func:`stored_end`."""
    for start in range(0, len(data), MOST_STORED):
        part = data[start : start + MOST_STORED]
        yield struct.pack("<BHH", 0, len(part), len(part) ^ 0xFFFF) + part


def stored_end() -> bytes:
    """The last block of a stream of stored ones: an empty one."""
    return b"\x01\x00\x00\xff\xff"


def _coded(part: re.Match[bytes]) -> _Bits:
    data = part[0]
    if part[1]:
        return _zeros(len(data))
    if part[2]:
        return _Bits(int.from_bytes(data.translate(_EIGHT_BITS), "little"), 8 * len(data))
    return _Bits.of(f"{0x190 + data[0] - 144:09b}")


@functools.lru_cache(maxsize=1024)
def _zeros(count: int) -> _Bits:
    """A zero, and references to it for the rest."""
    zero = f"{0x30:08b}"
    whole, rest = divmod(count - 1, _LONGEST)
    last = _reference(rest) if rest >= 3 else zero * rest
    return _Bits.of(zero + _reference(_LONGEST) * whole + last)


def _reference(length: int) -> str:
    symbol, extra = _length_symbol(length)
    code = f"{symbol - 256:07b}" if symbol < 280 else f"{0xC0 + symbol - 280:08b}"
    return code + extra[::-1] + _DISTANCE_OF_ONE


def _length_symbol(length: int) -> tuple[int, str]:
    """The symbol of a length, and its extra bits with the highest first (the table of RFC 1951, 3.2.5)."""
    if length == _LONGEST:
        return 285, ""
    if length < 11:
        return 254 + length, ""
    extra = (length - 3).bit_length() - 3
    group, rest = divmod(length - 3, 1 << extra)
    return 257 + 4 * extra + group, f"{rest:0{extra}b}"
