"""The archive that a layer is, without its compression: gzip of any number of members, zstd, or none."""

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

from samestack.errors import InputError
from samestack.libraries import library

PIECE_BYTES: Final = 1 << 20

_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_MAX_ZSTD_WINDOW: Final = 1 << 27
"""Bytes of memory that a zstd stream may demand: as many as ``zstd --long`` takes unless it is told more."""
_OTHERS: Final = {b"BZh": "bzip2", b"\xfd7zXZ\0": "xz"}


def uncompressed(stream: BinaryIO, *, where: str) -> Iterator[bytes]:
    """The archive in pieces of at most 1 MiB; what it is compressed by is told from how it begins.

    :class:`InputError` naming ``where`` for a compression that is broken, cut off or followed by something
    else. The stream has then been read to its end. How much comes out of it is for the caller to limit.
    """
    buffered = (
        stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    )
    start = buffered.peek(len(_ZSTD))
    for magic, name in _OTHERS.items():
        if start.startswith(magic):
            raise InputError(where, f"it is compressed by {name}, which is not read", hint="use gzip or zstd")
    if start.startswith(_GZIP):
        yield from _gunzipped(buffered, where)
    elif start.startswith(_ZSTD):
        yield from _of_zstd(buffered, where)
    else:
        yield from _pieces(buffered)


def _gunzipped(stream: io.BufferedReader, where: str) -> Iterator[bytes]:
    try:
        with gzip.GzipFile(fileobj=stream, mode="rb") as file:
            yield from _pieces(file)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(where, f"it is no whole gzip stream: {error}") from None


def _of_zstd(stream: io.BufferedReader, where: str) -> Iterator[bytes]:
    zstandard = library("zstandard", "reading a layer that is compressed by zstd", extra="image")
    decompressor = zstandard.ZstdDecompressor(max_window_size=_MAX_ZSTD_WINDOW)
    try:
        # A frame that is cut off just ends here: the digest of the archive is what tells.
        with decompressor.stream_reader(stream, read_across_frames=True, closefd=False) as file:
            yield from _pieces(file)
    except zstandard.ZstdError as error:
        raise InputError(where, f"it is no zstd stream that is read: {error}") from None


def _pieces(file: BinaryIO | gzip.GzipFile) -> Iterator[bytes]:
    while piece := file.read(PIECE_BYTES):
        yield piece
