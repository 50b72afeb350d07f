"""What ustar has no room for stands in pax records, and is read by everybody."""

import io
import tarfile

import pytest

from samestack.image.layers.entry import EntryKind, LayerEntry
from samestack.image.layers.tar_headers import BLOCK, END, header, padding


@pytest.mark.parametrize("length", [*range(95, 106), *range(980, 1001)])
def test_a_record_counts_its_own_length(length: int) -> None:
    path = "p" * length
    assert _read(LayerEntry(path=path, kind=EntryKind.DIRECTORY)).name == path


def test_a_short_name_takes_one_block() -> None:
    assert len(header(LayerEntry(path="p" * 99, kind=EntryKind.DIRECTORY), size=0, moment=0)) == BLOCK


def test_large_files_are_said() -> None:
    entry = LayerEntry(path="a", kind=EntryKind.DIRECTORY)
    size = 9 * 2**30
    data = header(entry, size=size, moment=0)
    assert tarfile.TarInfo.frombuf(data[-BLOCK:], "utf-8", "strict").size == 8**11 - 1
    assert f"size={size}\n".encode() in data


def test_large_owners_are_said() -> None:
    member = _read(LayerEntry(path="a", kind=EntryKind.DIRECTORY, user=8**7, group=8**8))
    assert (member.uid, member.gid) == (8**7, 8**8)


def test_bytes_that_are_no_text_are_kept() -> None:
    name = b"caf\xe9".decode("utf-8", "surrogateescape")
    assert b"path=caf\xe9/\n" in header(LayerEntry(path=name, kind=EntryKind.DIRECTORY), size=0, moment=0)


@pytest.mark.parametrize(("size", "more"), [(0, 0), (1, 511), (512, 0), (513, 511)])
def test_padding_fills_the_block(size: int, more: int) -> None:
    assert padding(size) == bytes(more)


def _read(entry: LayerEntry) -> tarfile.TarInfo:
    with tarfile.open(fileobj=io.BytesIO(header(entry, size=0, moment=7) + END)) as archive:
        (member,) = archive
    assert member.mtime == 7
    return member
