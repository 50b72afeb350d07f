"""Compressions of layers: gzip of many members, zstd, none; broken ones are refused, in bounded memory."""

import gzip
import io
import tracemalloc
import zlib

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import InputError
from samestack.oci.layers.decompression import PIECE_BYTES, uncompressed

DATA = b"a layer's archive, more or less" * 1000


def read(data: bytes) -> bytes:
    return b"".join(uncompressed(io.BytesIO(data), where="layer"))


@given(st.lists(st.binary(max_size=300), max_size=8), st.integers(0, 9))
def test_gzip_of_any_number_of_members(parts: list[bytes], level: int) -> None:
    stream = b"".join(gzip.compress(part, level, mtime=0) for part in parts)
    assert read(stream) == b"".join(parts)


def test_zstd_of_any_number_of_frames_with_frames_to_be_skipped() -> None:
    skipped = b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"toc."
    stream = zstandard.compress(DATA) + zstandard.compress(b"and more") + skipped
    assert read(stream) == DATA + b"and more"


def test_no_compression() -> None:
    assert read(DATA) == DATA
    assert read(b"") == b""


@pytest.mark.parametrize("length", [1, 5, 12, -9, -1])
def test_gzip_that_is_cut_off(length: int) -> None:
    data = gzip.compress(DATA)[:length]
    if length == 1:  # it does not even say what it is
        assert read(data) == data
        return
    with pytest.raises(InputError, match="layer: it is no whole gzip stream"):
        read(data)


@pytest.mark.parametrize("behind", [b"garbage", b"\x1f\x8bgarbage", b"\0" * 8 + b"x"])
def test_garbage_behind_gzip(behind: bytes) -> None:
    with pytest.raises(InputError, match="no whole gzip stream"):
        read(gzip.compress(DATA) + behind)


def test_gzip_whose_checksum_lies() -> None:
    stream = bytearray(gzip.compress(DATA))
    stream[-8] ^= 1
    with pytest.raises(InputError, match="no whole gzip stream"):
        read(bytes(stream))


def test_deflate_that_is_none() -> None:
    with pytest.raises(InputError, match="no whole gzip stream"):
        read(gzip.compress(b"")[:10] + b"\xff" * 100)


def test_zstd_that_is_none_and_garbage_behind_it() -> None:
    for stream in (b"\x28\xb5\x2f\xfd" + b"\xff" * 50, zstandard.compress(DATA) + b"garbage"):
        with pytest.raises(InputError, match="no zstd stream"):
            read(stream)


def test_zstd_that_demands_gigabytes_of_memory() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=30)
    compressor = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    stream = compressor.compress(DATA) + compressor.flush()
    with pytest.raises(InputError, match="no zstd stream"):
        read(stream)


@pytest.mark.parametrize(("start", "name"), [(b"BZh91AY&SY", "bzip2"), (b"\xfd7zXZ\0", "xz")])
def test_what_other_compression_it_is(start: bytes, name: str) -> None:
    with pytest.raises(InputError, match=f"compressed by {name}"):
        read(start + bytes(100))


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
def test_little_that_becomes_much_comes_in_pieces(compress: object) -> None:
    stream = compress(bytes(64 << 20))  # type: ignore[operator]
    assert len(stream) < 80_000
    tracemalloc.start()
    try:
        total = sum(len(piece) for piece in uncompressed(io.BytesIO(stream), where="layer"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert total == 64 << 20
    assert peak < 8 * PIECE_BYTES


def test_headers_of_gzip_with_everything_in_them() -> None:
    deflate = zlib.compressobj(wbits=-15)
    body = deflate.compress(b"text") + deflate.flush()
    end = zlib.crc32(b"text").to_bytes(4, "little") + (4).to_bytes(4, "little")
    header = b"\x1f\x8b\x08\x1c" + bytes(6) + b"\x02\0xx" + b"name\0" + b"comment\0"
    assert read(header + body + end) == b"text"
