"""The entries of a layer in their order: sorted, with their parents, each path once."""

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, Final

import msgspec

from samestack.errors import RequestError
from samestack.image.layers.entry import Content, EntryKind, LayerEntry

_DIRECTORY_MODE: Final = 0o755
_WHITEOUT: Final = ".wh."
_CHUNK: Final = 1 << 20


def arranged(entries: Iterable[LayerEntry]) -> tuple[LayerEntry, ...]:
    """All entries as they are written: parents first, hard links after everything that they may name.

    Parents that are not among them are root's, with mode 0755, in every layer alike: a layer's directory
    replaces the attributes that a lower layer gave it. Two entries for one path have to be the same;
    :class:`RequestError` for those that are not, and for what no layer can hold.
    """
    found = _distinct(entries)
    for path in tuple(found):
        for parent in _parents(path):
            if parent in found:  # and so are its own, or will be
                break
            found[parent] = LayerEntry(path=parent, kind=EntryKind.DIRECTORY, mode=_DIRECTORY_MODE)
    for entry in found.values():
        _check(entry, found)
    return tuple(sorted(found.values(), key=lambda one: (one.kind is EntryKind.HARDLINK, one.path)))


def are_same(one: LayerEntry, other: LayerEntry) -> bool:
    """Whether two entries say the same of a path; the content of files is read and compared."""
    if one is other:
        return True
    if msgspec.structs.replace(one, content=None) != msgspec.structs.replace(other, content=None):
        return False
    if one.content is None or other.content is None:
        return one.content is other.content
    return _have_equal_bytes(one.content, other.content)


def _distinct(entries: Iterable[LayerEntry]) -> dict[str, LayerEntry]:
    found: dict[str, LayerEntry] = {}
    for entry in entries:
        if not are_same(found.setdefault(entry.path, entry), entry):
            raise RequestError(f"a layer cannot hold two different things at {entry.path}")
    return found


def _parents(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _check(entry: LayerEntry, found: Mapping[str, LayerEntry]) -> None:
    parent = found.get(entry.path.rpartition("/")[0])
    if parent is not None and parent.kind is not EntryKind.DIRECTORY:
        raise RequestError(f"a layer cannot hold {entry.path}: {parent.path} is no directory in it")
    if f"/{_WHITEOUT}" in f"/{entry.path}":
        hint = "names that begin with '.wh.' remove files of the layers below"
        raise RequestError(f"a layer cannot hold {entry.path}", hint=hint)
    if "\0" in entry.path + entry.target:
        raise RequestError(f"a layer cannot hold {entry.path!r}: there is a zero byte in it")
    if (entry.content is None) is (entry.kind is EntryKind.FILE):
        raise RequestError(f"a layer cannot hold {entry.path}: files have content, and nothing else has")
    if entry.kind is EntryKind.HARDLINK:
        target = found.get(entry.target)
        if target is None or target.kind is not EntryKind.FILE:
            raise RequestError(f"a layer cannot link {entry.path} to {entry.target}, which is no file in it")


def _have_equal_bytes(one: Content, other: Content) -> bool:
    if one.size != other.size:
        return False
    with one.open() as left, other.open() as right:
        return all(a == b for a, b in zip(_chunks(left), _chunks(right), strict=True))


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Pieces of equal length, whatever a single reading gives; the last one is empty."""
    while chunk := _filled(stream):
        yield chunk
    yield b""


def _filled(stream: BinaryIO) -> bytes:
    parts, left = [], _CHUNK
    while left and (part := stream.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
