"""A raw deflate stream taken apart: what it says and what it means, in pieces of limited size."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from samestack.image.layers.entry import Piece
from samestack.image.layers.plain_deflate import stored_blocks, stored_end

_READ_BYTES: Final = 256 << 10
_CONTENT_BYTES: Final = 1 << 20


class NotDeflated(Exception):  # noqa: N818 - it is told as an error of the wheel
    """The stream is malformed, or does not end where it should."""


def inflated(file: BinaryIO, packed: int) -> Iterator[Piece]:
    """The pieces of the deflate stream that the next ``packed`` bytes of a file are, all of them."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for data in _read(file, packed):
        if inflater.eof:
            raise NotDeflated("something stands after its compressed content")
        yield from _pieces(inflater, data)
    if not inflater.eof or inflater.unused_data:
        raise NotDeflated("its compressed content does not end where it should")


def as_stored(file: BinaryIO, size: int) -> Iterator[Piece]:
    """The pieces of a deflate stream made of the next ``size`` bytes of a file, as they are."""
    for data in _read(file, size):
        yield Piece(b"".join(stored_blocks(data)), data)
    yield Piece(stored_end(), b"")


def _pieces(inflater: "zlib._Decompress", data: bytes) -> Iterator[Piece]:
    """What a part of the stream yields; when a piece is full, the inflater may hold more of it back."""
    rest, content = data, b""
    compressed = data
    while rest or len(content) == _CONTENT_BYTES:
        content = _decompressed(inflater, rest)
        rest = inflater.unconsumed_tail
        yield Piece(compressed, content)
        compressed = b""


def _decompressed(inflater: "zlib._Decompress", data: bytes) -> bytes:
    try:
        return inflater.decompress(data, _CONTENT_BYTES)
    except zlib.error:
        raise NotDeflated("its compressed content is malformed") from None


def _read(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size:
        data = file.read(min(size, _READ_BYTES))
        if not data:
            raise NotDeflated("the file ends too early")
        size -= len(data)
        yield data
