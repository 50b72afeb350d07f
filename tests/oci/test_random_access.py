"""Files that any thread reads anywhere: parts are files of their own, and nothing stays open or behind."""

import gc
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import InputError
from samestack.oci.digests import digest_of
from samestack.oci.random_access import RandomAccessFile, large_directory

DATA = bytes(range(256)) * 600


@pytest.fixture
def file(tmp_path: Path) -> RandomAccessFile:
    (tmp_path / "file").write_bytes(DATA)
    return RandomAccessFile.of(tmp_path / "file")


@given(st.integers(0, len(DATA)), st.integers(0, len(DATA)), st.integers(0, 1000), st.integers(0, 1000))
def test_a_part_is_a_file_of_its_own(offset: int, size: int, place: int, count: int) -> None:
    file = RandomAccessFile.temporary()
    file.append(DATA)
    expected = DATA[offset : offset + size]
    part = file.part(offset, len(expected))
    assert part.seek(place) == place
    assert part.read(count) == expected[place : place + count]
    assert part.seek(0, os.SEEK_END) == len(expected)
    assert part.seek(-len(expected), os.SEEK_CUR) == 0
    assert part.read() == expected
    assert file.digest(offset, len(expected)) == digest_of(expected)


def test_threads_do_not_disturb_each_other(file: RandomAccessFile) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda offset: file.part(offset, 1000).read(), range(0, 100_000, 1000)))
    assert b"".join(found) == DATA[:100_000]


def test_what_nobody_holds_is_closed(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"text")
    before = len(list(Path("/proc/self/fd").iterdir()))
    part = RandomAccessFile.of(tmp_path / "file").part(1, 2)
    gc.collect()
    assert part.read() == b"ex"
    del part
    gc.collect()
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_temporary_file_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    file = RandomAccessFile.temporary()
    file.append(b"text")
    assert file.read_at(0, 10) == b"text"
    assert large_directory() == str(tmp_path)
    assert not list(tmp_path.iterdir())


def test_only_regular_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "missing", "."):
        with pytest.raises(InputError):
            RandomAccessFile.of(tmp_path / name)


def test_no_position_is_negative(file: RandomAccessFile) -> None:
    with pytest.raises(ValueError, match="negative"):
        file.part(0, 10).seek(-1)
