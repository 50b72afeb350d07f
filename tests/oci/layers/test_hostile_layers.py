"""Fuzzing: whatever stands where a layer should, it is read without harm or refused as malformed input.

Without harm means: every path is inside, every file's content is that of its own archive, no memory is taken
that the layer's size does not account for, and nothing but an :class:`InputError` comes out.
"""

import gzip
import random
import tarfile
import tempfile
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import InputError
from samestack.oci.layers.merged import MergedFiles, merged
from samestack.oci.layers.merged_file import FileKind
from tests.oci.small_images import Member, member, opened, small_image, tar

NAMES = st.one_of(
    st.lists(
        st.sampled_from(["a", "b", "..", ".", "", ".wh.a", ".wh.", ".wh..", ".wh...", ".wh..wh..opq", "é"]),
        max_size=4,
    ).map("/".join),
    st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=120),
)
KINDS = st.sampled_from(
    [tarfile.REGTYPE, tarfile.AREGTYPE, *(str(kind).encode() for kind in range(1, 8)), b"S", b"Z"]
)
MEMBERS = st.builds(
    lambda name, kind, content, target: member(name, kind, content, linkname=target),
    *(NAMES, KINDS, st.binary(max_size=600), NAMES),
)
LAYERS = st.lists(st.lists(MEMBERS, max_size=6), min_size=1, max_size=3)


def examine(files: MergedFiles) -> None:
    for path, one in files.files.items():
        assert not {"", ".", ".."} & set(path.split("/"))
        assert not path.rpartition("/")[2].startswith(".wh.")
        if one.kind is FileKind.FILE:
            with files.open(path) as content:
                assert sum(map(len, iter(partial(content.read, 1 << 20), b""))) == one.size
        else:
            with pytest.raises(FileNotFoundError):
                files.open(path)


def read(*layers: bytes, compress: Callable[[bytes], bytes] = gzip.compress) -> bool:
    """Whether it was read, and not refused."""
    with tempfile.TemporaryDirectory() as place:
        image = opened(Path(place), small_image(*layers, compress=compress))
        try:
            with merged(image) as files:
                examine(files)
        except InputError:
            return False
    return True


@given(LAYERS)
def test_any_members_of_any_layers(layers: list[list[Member]]) -> None:
    read(*(tar(*layer, kind=tarfile.GNU_FORMAT) for layer in layers))


def test_any_damage_to_an_archive_and_to_its_compression() -> None:
    chance = random.Random(20261125)  # noqa: S311 - a fuzz test that can be repeated
    archive = tar(
        member("a/b", content="x" * 900),
        member("é" * 80, b"2", linkname="a"),
        member("c", b"1", linkname="a/b"),
    )
    outcomes = set()
    for _ in range(120):
        damaged = damage(archive, chance)
        outcomes.add(read(damaged))
        for compress in (gzip.compress, zstandard.compress):
            outcomes.add(read(archive, compress=lambda data, how=compress: damage(how(data), chance)))  # type: ignore[misc]
    assert outcomes == {True, False}


def damage(data: bytes, chance: random.Random) -> bytes:
    """A byte altered, a piece left out, a piece twice, or something behind it."""
    start, length = chance.randrange(len(data)), chance.randrange(700)
    piece = data[start : start + length]
    return chance.choice(
        [
            data[:start] + bytes([chance.randrange(256)]) + data[start + 1 :],
            data[:start] + data[start + length :],
            data[:start] + piece + piece + data[start + length :],
            data + piece,
            data[:start],
        ]
    )


def test_archives_made_to_take_memory() -> None:
    """A megabyte of zeros for each kilobyte; long names; a path of tens of thousands of directories."""
    bombs = [
        tar(member("zeros", content=bytes(200 << 20))),
        tar(*(member("n" * 500_000, content="") for _ in range(20)), kind=tarfile.PAX_FORMAT),
        tar(member("d/" * 40_000 + "a"), kind=tarfile.PAX_FORMAT),
    ]
    for bomb in bombs:
        compressed = gzip.compress(bomb)
        tracemalloc.start()
        try:
            read(bomb, compress=lambda _, done=compressed: done)  # type: ignore[misc]
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 16 << 20
