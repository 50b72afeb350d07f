"""Deflate streams without a compressor: zlib reads them, and they stay what they are."""

import zlib

from hypothesis import given
from hypothesis import strategies as st

from samestack.image.layers.plain_deflate import (
    MOST_STORED,
    stored,
    stored_blocks,
    stored_end,
    without_runs_of_zeros,
)

# Long runs, as headers have them, between anything.
_PARTS = st.one_of(st.binary(max_size=40), st.integers(0, 1200).map(bytes))
datas = st.lists(_PARTS, max_size=8).map(b"".join)


@given(datas)
def test_fixed_codes_are_what_zlib_reads(data: bytes) -> None:
    assert _inflated(without_runs_of_zeros(data)) == data


@given(datas)
def test_stored_is_what_zlib_reads(data: bytes) -> None:
    assert _inflated(stored(data)) == data


def test_every_length_of_a_run() -> None:
    for length in range(1100):
        data = b"a" + bytes(length) + b"\x90"
        assert _inflated(without_runs_of_zeros(data)) == data, length


def test_more_than_one_stored_block() -> None:
    data = bytes(range(256)) * 600
    assert _inflated(stored(data)) == data
    assert len(stored(data)) == len(data) + 5 * (-(-len(data) // MOST_STORED) + 1)


def test_stored_blocks_of_several_parts_are_one_stream() -> None:
    parts = [b"".join(stored_blocks(part)) for part in (b"one", b"", b"three")]
    assert _inflated(b"".join(parts) + stored_end()) == b"onethree"


def test_a_header_becomes_a_quarter() -> None:
    header = b"opt/venv/lib/python3.11/site-packages/numpy/__init__.py".ljust(512, b"\0")
    assert len(without_runs_of_zeros(header)) < 80


def test_the_bytes_are_those_of_every_layer_ever_written() -> None:
    assert without_runs_of_zeros(b"ab" + bytes(300) + b"\xff").hex() == "4b4c6218054483ff00"


def _inflated(stream: bytes) -> bytes:
    inflater = zlib.decompressobj(-15)
    data = inflater.decompress(stream)
    assert inflater.eof, "the stream does not end"
    assert not inflater.unused_data
    return data
