"""A raw deflate stream taken apart: what it says and what it means, in pieces of limited size."""

import functools
import zlib
from collections.abc import Iterator
from types import ModuleType
from typing import Any, BinaryIO, Final

from samestack.image.layers.entry import Piece
from samestack.image.layers.plain_deflate import stored_blocks, stored_end
from samestack.libraries import library

_READ_BYTES: Final = 256 << 10
_CONTENT_BYTES: Final = 1 << 20


class NotDeflated(Exception):  # noqa: N818 - it is told as an error of the wheel
    """The stream is malformed, or does not end where it should."""


def inflated(file: BinaryIO, packed: int) -> Iterator[Piece]:
    """The pieces of the deflate stream that the next ``packed`` bytes of a file are, all of them."""
    inflater = _igzip().decompressobj(-zlib.MAX_WBITS)
    for data in _read(file, packed):
        if inflater.eof:
            raise NotDeflated("something stands after its compressed content")
        yield from _pieces(inflater, data)
    if not inflater.eof or inflater.unused_data:
        raise NotDeflated("its compressed content does not end where it should")


def crc32(data: bytes, before: int) -> int:
    """The CRC-32 of content whose beginning has the CRC ``before``."""
    return int(_igzip().crc32(data, before))


def as_stored(file: BinaryIO, size: int) -> Iterator[Piece]:
    """The pieces of a deflate stream made of the next ``size`` bytes of a file, as they are."""
    for data in _read(file, size):
        yield Piece(b"".join(stored_blocks(data)), data)
    yield Piece(stored_end(), b"")


@functools.cache
def _igzip() -> ModuleType:
    """It takes half of zlib's time, and what a stream means does not depend on who reads it."""
    return library("isal.isal_zlib", "reading wheels for an image", extra="image")


def _pieces(inflater: Any, data: bytes) -> Iterator[Piece]:  # noqa: ANN401 - its type has no name
    """What a part of the stream yields; when a piece is full, the inflater may hold more of it back."""
    rest, content = data, b""
    compressed = data
    while rest or len(content) == _CONTENT_BYTES:
        content = _decompressed(inflater, rest)
        rest = inflater.unconsumed_tail
        yield Piece(compressed, content)
        compressed = b""


def _decompressed(inflater: Any, data: bytes) -> bytes:  # noqa: ANN401 - its type has no name
    try:
        return bytes(inflater.decompress(data, _CONTENT_BYTES))
    except _igzip().error:
        raise NotDeflated("its compressed content is malformed") from None


def _read(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size:
        data = file.read(min(size, _READ_BYTES))
        if not data:
            raise NotDeflated("the file ends too early")
        size -= len(data)
        yield data
