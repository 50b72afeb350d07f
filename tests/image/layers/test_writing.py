"""A layer is a function of its entries: tarfile reads what was written, and only that decides its bytes."""

import gzip
import hashlib
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import OutsideError
from samestack.image.layers.compression import compressor
from samestack.image.layers.contents import BytesContent, FileContent, PlainContent
from samestack.image.layers.entry import Content, EntryKind, LayerEntry
from tests.image.layers.reading import MOMENT, contents, members, written

_DIFF_ID = "sha256:419e0589efaa7a937db425560f49d483df2b9905ee49a3065346cf90c17e88b7"
_DIGEST = "sha256:b5a3142257a5fd6e4a3c6380480bac4288688667db0ab463a6b36934603fae1e"

_NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/"), min_size=1, max_size=8
)
names = (_NAMES | st.sampled_from(["n" * 99, "é" * 60])).filter(
    lambda name: name not in (".", "..") and not name.startswith(".wh.")
)
paths = st.lists(names, min_size=1, max_size=4).map("/".join)
# In half of the examples the content repeats itself over more than one member.
datas = st.binary(max_size=40) | st.binary(min_size=1, max_size=9).map(lambda data: data * 200_000)


@st.composite
def layers(draw: st.DrawFn) -> list[LayerEntry]:
    """Entries that no other one is in the way of."""
    chosen = draw(st.lists(paths, max_size=6, unique=True))
    tops = [f"{number}{path}" for number, path in enumerate(chosen)]
    return [_entry(draw, path) for path in tops]


def _entry(draw: st.DrawFn, path: str) -> LayerEntry:
    kind = draw(st.sampled_from([EntryKind.FILE, EntryKind.DIRECTORY, EntryKind.SYMLINK]))
    owner = draw(st.sampled_from([0, 10001, 3_000_000]))
    content: Content | None = None
    if kind is EntryKind.FILE:
        content = draw(st.sampled_from([BytesContent, PlainContent]))(draw(datas))
    target = draw(paths) if kind is EntryKind.SYMLINK else ""
    mode = draw(st.integers(0, 0o7777))
    return LayerEntry(path=path, kind=kind, mode=mode, user=owner, content=content, target=target)


@given(layers())
def test_tarfile_reads_what_was_written(entries: list[LayerEntry]) -> None:
    layer, data = written(entries)
    found = members(data)
    for entry in entries:
        member = found[entry.path]
        assert (member.mode, member.uid, member.gid) == (entry.mode, entry.user, entry.group)
        assert member.linkname == entry.target
        assert (member.isdir(), member.issym()) == _kinds(entry)
        assert member.mtime == MOMENT
    expected = {
        entry.path: entry.content.data for entry in entries if isinstance(entry.content, BytesContent)
    }
    assert contents(data) == expected
    assert (layer.files, layer.bytes) == (len(expected), sum(map(len, expected.values())))


@given(layers(), st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(entries: list[LayerEntry], chance: random.Random) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert written(shuffled) == written(entries)


def test_nothing_else_is_in_it_than_what_an_entry_says() -> None:
    _, data = written([LayerEntry(path="opt/venv/a", content=PlainContent(b"x"))])
    for member in members(data).values():
        assert (member.uname, member.gname, member.devmajor, member.pax_headers) == ("", "", 0, {})


def test_parents_are_there_and_the_same_in_every_layer() -> None:
    found = members(written([LayerEntry(path="opt/venv/a", content=PlainContent(b"x"))])[1])
    assert list(found) == ["opt", "opt/venv", "opt/venv/a"]
    assert {found[name].mode for name in ("opt", "opt/venv")} == {0o755}


def test_a_layer_of_plain_content_never_becomes_other_bytes() -> None:
    """Images that exist would have other digests: raise LAYOUT_VERSION if this has to change."""
    entries = [
        LayerEntry(path="opt/venv/bin/run", mode=0o755, content=PlainContent(b"#!/opt/venv/bin/python\n")),
        LayerEntry(path="opt/venv/" + "n" * 120, content=PlainContent(b"")),
        LayerEntry(path="opt/venv/bin/also", kind=EntryKind.HARDLINK, target="opt/venv/bin/run"),
        LayerEntry(path="opt/venv/lib64", kind=EntryKind.SYMLINK, mode=0o777, target="lib"),
    ]
    layer, _ = written(entries)
    assert layer.diff_id == _DIFF_ID
    assert layer.digest == _DIGEST


def test_the_compressor_is_the_one_that_images_were_built_with() -> None:
    """Where it is another, layers are only made anew: its name is part of their keys."""
    assert compressor() == "libdeflate-6-fbf3296b4fe6"


def test_a_hard_link_comes_after_its_file() -> None:
    link = LayerEntry(path="a", kind=EntryKind.HARDLINK, target="b/file")
    found = members(written([link, LayerEntry(path="b/file", content=PlainContent(b"x"))])[1])
    assert list(found) == ["b", "b/file", "a"]
    assert (found["a"].islnk(), found["a"].linkname) == (True, "b/file")


def test_how_a_stream_is_read_does_not_matter(tmp_path: Path) -> None:
    data = hashlib.shake_256(b"").digest(3_000_000) + bytes(400_000)
    path = tmp_path / "file"
    path.write_bytes(data)
    one = written([LayerEntry(path="a", content=BytesContent(data)), *_small(30)])
    other = written([LayerEntry(path="a", content=FileContent.of(path)), *_small(30)])
    assert one == other
    assert contents(one[1])["a"] == data


def test_an_archive_of_many_empty_files_takes_no_compressor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samestack.image.layers.writing.compressed", None)
    layer, data = written(_small(5000))
    assert layer.files == 5000
    assert len(gzip.decompress(data)) > 1 << 20


def test_a_file_that_changes_is_told(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(b"12345")
    content = FileContent.of(path)
    path.write_bytes(b"123456")
    with pytest.raises(OutsideError, match=r"app/model\.bin has 6 bytes and not 5: it changed"):
        written([LayerEntry(path="app/model.bin", content=content)])


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="gone: cannot be read: No such file"):
        FileContent.of(tmp_path / "gone")


@pytest.mark.parametrize("moment", [-1, 1 << 33])
def test_times_have_limits(moment: int) -> None:
    with pytest.raises(ValueError, match="is no time"):
        written([], moment=moment)


def _small(count: int) -> list[LayerEntry]:
    return [LayerEntry(path=f"small/{number}", content=BytesContent(b"")) for number in range(count)]


def _kinds(entry: LayerEntry) -> tuple[bool, bool]:
    return entry.kind is EntryKind.DIRECTORY, entry.kind is EntryKind.SYMLINK
