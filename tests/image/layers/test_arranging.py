"""Each path of a layer is there once, below directories, and removes nothing."""

import io
from typing import BinaryIO

import pytest
from msgspec import Struct, structs

from samestack.errors import RequestError
from samestack.image.layers.arranging import are_same, arranged
from samestack.image.layers.contents import BytesContent, PlainContent
from samestack.image.layers.entry import Deflated, EntryKind, LayerEntry

FILE = LayerEntry(path="a/file", content=PlainContent(b"x"))


class _OneByteAtATime(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:  # noqa: ARG002 - less than that is allowed
        return super().read(1)


class Trickling(Struct, frozen=True):
    """Content whose stream gives one byte at a time."""

    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def open(self) -> BinaryIO:
        return _OneByteAtATime(self.data)

    def deflated(self) -> Deflated | None:
        return None


def test_equal_entries_are_one() -> None:
    again = LayerEntry(path="a/file", content=BytesContent(b"x"))
    assert [entry.path for entry in arranged([FILE, again])] == ["a", "a/file"]


@pytest.mark.parametrize(
    "other",
    [
        LayerEntry(path="a/file", content=PlainContent(b"y")),
        LayerEntry(path="a/file", content=PlainContent(b"xx")),
        LayerEntry(path="a/file", content=PlainContent(b"x"), mode=0o755),
        LayerEntry(path="a/file", content=PlainContent(b"x"), user=1),
        LayerEntry(path="a/file", kind=EntryKind.DIRECTORY),
    ],
)
def test_different_entries_for_one_path_are_refused(other: LayerEntry) -> None:
    with pytest.raises(RequestError, match="a layer cannot hold two different things at a/file"):
        arranged([FILE, other])


def test_contents_are_compared_however_they_are_read() -> None:
    assert are_same(_with(Trickling(b"abc")), _with(PlainContent(b"abc")))
    assert not are_same(_with(Trickling(b"abd")), _with(PlainContent(b"abc")))


def test_a_directory_that_is_said_keeps_its_mode() -> None:
    tmp = LayerEntry(path="a", kind=EntryKind.DIRECTORY, mode=0o1777)
    assert arranged([FILE, tmp])[0] == tmp


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (LayerEntry(path="a/file/below", content=PlainContent(b"")), "a/file is no directory in it"),
        (LayerEntry(path="b/.wh.passwd", content=PlainContent(b"")), r"cannot hold b/\.wh\.passwd"),
        (LayerEntry(path=".wh..wh..opq", content=PlainContent(b"")), "cannot hold"),
        (LayerEntry(path="b\0c", content=PlainContent(b"")), "zero byte"),
        (LayerEntry(path="b", kind=EntryKind.SYMLINK, target="c\0d"), "zero byte"),
        (LayerEntry(path="b"), "files have content, and nothing else has"),
        (LayerEntry(path="b", kind=EntryKind.SYMLINK, content=PlainContent(b"")), "files have content"),
        (LayerEntry(path="b", kind=EntryKind.HARDLINK, target="a"), "cannot link b to a"),
        (LayerEntry(path="b", kind=EntryKind.HARDLINK, target="../etc/shadow"), "cannot link b"),
    ],
)
def test_what_no_layer_can_hold_is_refused(entry: LayerEntry, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        arranged([FILE, entry])


@pytest.mark.parametrize("path", ["/etc/passwd", "../etc", "a/../../b", "a//b", "a/", "", "a/./b"])
def test_paths_stay_below_the_root(path: str) -> None:
    with pytest.raises(ValueError, match="is no path of a layer"):
        LayerEntry(path=path, kind=EntryKind.DIRECTORY)


@pytest.mark.parametrize("wrong", [{"mode": 0o10000}, {"mode": -1}, {"user": -1}, {"group": -1}])
def test_modes_and_owners_are_such(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="the mode or the owner"):
        structs.replace(FILE, **wrong)


def _with(content: Trickling | PlainContent) -> LayerEntry:
    return LayerEntry(path="a", content=content)
