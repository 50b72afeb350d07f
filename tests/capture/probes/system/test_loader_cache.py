"""The loader's cache, as ldconfig writes it."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.system.loader_cache import cached_libraries
from samestack.process import run

MAGIC = b"glibc-ld.so.cache1.1"
CACHE = Path("/etc/ld.so.cache")


def cache(*entries: tuple[str, int], before: bytes = b"") -> bytes:
    """A cache with these sonames and flags."""
    head = struct.pack("<20sII20x", MAGIC, len(entries), 0)
    offset = len(head) + 24 * len(entries)
    rows, texts = b"", b""
    for name, flags in entries:
        rows += struct.pack("<iIIIQ", flags, offset + len(texts), offset + len(texts), 0, 0)
        texts += name.encode() + b"\0"
    return before + head + rows + texts


def test_the_libraries_of_the_asked_architecture() -> None:
    data = cache(("libz.so.1", 0x0303), ("libGL.so.1", 0x0303), ("libi386.so.1", 0x0003))
    assert list(cached_libraries(data, "x86_64")) == ["libz.so.1", "libGL.so.1"]
    assert list(cached_libraries(data, "i686")) == ["libi386.so.1"]
    assert list(cached_libraries(data, "aarch64")) == list(cached_libraries(data, "vax")) == []


def test_an_older_table_in_front_is_passed_over() -> None:
    data = cache(("libz.so.1", 0x0A03), before=b"ld.so-1.7.0\0" + bytes(100))
    assert list(cached_libraries(data, "aarch64")) == ["libz.so.1"]


def test_a_cut_cache_tells_what_is_left() -> None:
    data = cache(*((f"lib{number}.so", 0x0303) for number in range(9)))
    assert len(list(cached_libraries(data[: 48 + 24 * 4 + 3], "x86_64"))) == 4


@given(st.binary(max_size=300))
def test_whatever_follows_the_magic_there_is_an_answer(rest: bytes) -> None:
    assert all(isinstance(name, str) for name in cached_libraries(MAGIC + rest, "x86_64"))


@pytest.mark.service
@pytest.mark.skipif(not CACHE.is_file(), reason="this system has no loader's cache")
def test_this_systems_cache_is_read_as_ldconfig_reads_it() -> None:
    lines = run(["/sbin/ldconfig", "-p"]).output.splitlines()
    said = {line.split()[0] for line in lines if "(libc6,x86-64" in line}
    assert set(cached_libraries(CACHE.read_bytes(), "x86_64")) == said
