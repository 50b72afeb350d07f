"""What is kept is given back, and nothing that goes wrong with the files is an error."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestack.capture import cache as module
from samestack.capture.cache import Cache, cache_directory
from samestack.model import Value

Facts = dict[str, Value]

FACTS: dict[str, Value] = {"glibc": "2.17", "needs": ("libc.so.6", "libm.so.6"), "count": 3, "is_so": True}
KEY = Cache.key("a wheel")


def test_what_was_put_is_got(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path / "directory"), Facts)
    assert cache.get(KEY) is None
    cache.put(KEY, FACTS)
    assert cache.get(KEY) == FACTS
    assert Cache(str(tmp_path / "directory"), Facts).get(KEY) == FACTS
    assert cache.get(Cache.key("another")) is None


def test_having_no_facts_can_be_kept_too(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path), Facts)
    cache.put(KEY, {})
    assert cache.get(KEY) == {}


def test_a_key_depends_on_every_part_and_on_where_it_ends() -> None:
    assert len({Cache.key("ab", "c"), Cache.key("a", "bc"), Cache.key("abc"), Cache.key("ab", "c", "")}) == 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_spoiled_entries_are_not_there_and_are_written_anew(tmp_path: Path, content: bytes) -> None:
    cache = Cache(str(tmp_path), Facts)
    (tmp_path / KEY).write_bytes(content)
    assert cache.get(KEY) is None
    cache.put(KEY, FACTS)
    assert cache.get(KEY) == FACTS


@pytest.mark.parametrize("end", [1, 10, -1])
def test_an_entry_that_was_cut_off_is_not_there(tmp_path: Path, end: int) -> None:
    cache = Cache(str(tmp_path), Facts)
    cache.put(KEY, FACTS)
    (tmp_path / KEY).write_bytes((tmp_path / KEY).read_bytes()[:end])
    assert cache.get(KEY) is None


def test_an_entry_of_another_key_or_shape_is_not_there(tmp_path: Path) -> None:
    cache, other = Cache(str(tmp_path), Facts), Cache.key("another")
    cache.put(KEY, FACTS)
    (tmp_path / KEY).rename(tmp_path / other)
    assert cache.get(other) is None
    (tmp_path / KEY).write_text(f'{{"key":"{KEY}","value":{{"glibc":2.17}}}}')
    assert cache.get(KEY) is None
    (tmp_path / KEY).write_text("[" * 100_000)
    assert cache.get(KEY) is None


def test_a_directory_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(str(tmp_path / "file" / "below"), Facts)
    cache.put(KEY, FACTS)
    cache.prune()
    assert cache.get(KEY) is None


def test_no_directory_keeps_nothing() -> None:
    cache = Cache(None, Facts)
    cache.put(KEY, FACTS)
    cache.prune()
    assert cache.get(KEY) is None


def test_an_entry_that_is_too_large_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ENTRY_BYTES", 500)
    cache = Cache(str(tmp_path), Facts)
    cache.put(KEY, {"needs": ("x" * 500,)})
    assert list(tmp_path.iterdir()) == []


def test_the_oldest_entries_go_when_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_ENTRIES", 5)
    cache = Cache(str(tmp_path), Facts)
    keys = [Cache.key(str(number)) for number in range(8)]
    for age, key in enumerate(keys):
        cache.put(key, FACTS)
        os.utime(tmp_path / key, (1_000_000 - age, 1_000_000 - age))
    cache.prune()
    assert [cache.get(key) is not None for key in keys] == [True] * 5 + [False] * 3
    assert len(list(tmp_path.iterdir())) == 5


def test_nothing_is_left_aside(tmp_path: Path) -> None:
    Cache(str(tmp_path), Facts).put(KEY, FACTS)
    assert [path.name for path in tmp_path.iterdir()] == [KEY]


@pytest.mark.parametrize(
    ("environment", "directory"),
    [
        ({"SAMESTACK_CACHE": "/chosen", "XDG_CACHE_HOME": "/x", "HOME": "/home/a"}, "/chosen/binaries"),
        ({"XDG_CACHE_HOME": "/x", "HOME": "/home/a"}, "/x/samestack/binaries"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/home/a"}, "/home/a/.cache/samestack/binaries"),
        ({"HOME": "/home/a"}, "/home/a/.cache/samestack/binaries"),
        ({"HOME": "relative"}, None),
        ({"SAMESTACK_CACHE": "", "HOME": "/home/a"}, None),
        ({}, None),
    ],
)
def test_the_users_variables_say_where_it_is(environment: dict[str, str], directory: str | None) -> None:
    assert cache_directory(environment, "binaries") == directory


def _write_many(directory: Path, number: int) -> int:
    cache = Cache(str(directory), Facts)
    for turn in range(200):
        cache.put(KEY, {**FACTS, "count": number})
        if cache.get(KEY) is None:
            return turn
    return -1


def test_several_processes_may_write_one_entry(tmp_path: Path) -> None:
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        failures = list(pool.map(_write_many, [tmp_path] * 3, range(3)))
    assert failures == [-1, -1, -1]
    assert [path.name for path in tmp_path.iterdir()] == [KEY]
