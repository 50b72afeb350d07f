"""The loader's cache, held against our own reader of such; ldconfig itself is asked in tests/services."""

import functools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.system.loader_cache import cached_libraries
from samestack.image.debian.settled.loader_cache import _order, loader_cache
from tests.image.debian.settled.made_roots import root


@pytest.fixture(scope="module")
def library() -> bytes:
    """A library of this machine: some file that has the headers of one."""
    places = ("/lib", "/usr/lib", "/lib64", "/usr/lib64")
    found = (
        one for place in places for one in (*Path(place).glob("libz.so.1"), *Path(place).glob("*/libz.so.1"))
    )
    path = next(found, None)
    if path is None:
        pytest.skip("there is no libz on this machine")
    return path.read_bytes()


def test_a_library_is_found_by_the_name_that_it_has(library: bytes) -> None:
    files = {
        "usr/lib/x86_64-linux-gnu/libz.so.1.2.13": library,
        "usr/lib/x86_64-linux-gnu/libc.so": b"/* GNU ld script */",
        "usr/lib/x86_64-linux-gnu/libx.txt": library,
        "usr/lib/x86_64-linux-gnu/sub/libz.so.1": library,
        "etc/ld.so.conf": b"include /etc/ld.so.conf.d/*.conf\n",
        "etc/ld.so.conf.d/a.conf": b"# Multiarch support\n/lib/x86_64-linux-gnu\n/usr/lib/x86_64-linux-gnu\n",
    }
    links = {
        "usr/lib/x86_64-linux-gnu/libz.so.1": "libz.so.1.2.13",
        "usr/lib/x86_64-linux-gnu/libz.so": "/lib/x86_64-linux-gnu/libz.so.1.2.13",
        "usr/lib/x86_64-linux-gnu/libloop.so": "libloop.so",
    }
    cache = loader_cache(root(files, links), "amd64")
    assert cache is not None
    assert list(cached_libraries(cache, "x86_64")) == ["libz.so.1", "libz.so"]
    assert b"\0/lib/x86_64-linux-gnu/libz.so.1\0" in cache


def test_an_architecture_that_is_not_known_has_none() -> None:
    assert loader_cache(root({}), "riscv64") is None


def test_a_configuration_that_includes_itself_ends() -> None:
    files = {"etc/ld.so.conf": b"include ld.so.conf\n/opt/lib\n"}
    assert list(cached_libraries(loader_cache(root(files), "arm64") or b"", "aarch64")) == []


@given(st.lists(st.text("ab.-_0123456789", min_size=1, max_size=8), min_size=2, max_size=2))
def test_the_order_is_that_of_glibc(names: list[str]) -> None:
    one, other = names
    expected = _compared_as_glibc_does(one, other)
    actual = (_order(one) > _order(other)) - (_order(one) < _order(other))
    assert actual == expected


def test_numbers_count_as_numbers() -> None:
    names = ["libz.so.10", "libz.so.9", "libz.so", "liba10.so", "liba9.so", "liba.so"]
    key = functools.cmp_to_key(_compared_as_glibc_does)
    assert sorted(names, key=_order) == sorted(names, key=key)


def _compared_as_glibc_does(one: str, other: str) -> int:  # noqa: C901 - as glibc has it
    """``_dl_cache_libcmp`` of glibc, ``elf/dl-cache.c``, line by line."""
    at, to = 0, 0
    one, other = one + "\0", other + "\0"
    while one[at] != "\0":
        if one[at].isdigit():
            if not other[to].isdigit():
                return 1
            left = right = ""
            while one[at].isdigit():
                left, at = left + one[at], at + 1
            while other[to].isdigit():
                right, to = right + other[to], to + 1
            if int(left) != int(right):
                return (int(left) > int(right)) - (int(left) < int(right))
        elif other[to].isdigit():
            return -1
        elif one[at] != other[to]:
            return (one[at] > other[to]) - (one[at] < other[to])
        else:
            at, to = at + 1, to + 1
    return (one[at] > other[to]) - (one[at] < other[to])
