"""The headers of a tar archive: ustar, and pax records for what that has no room for.

Nothing is in them but what an entry says, so that equal entries are equal bytes on every machine. Python's
``tarfile`` promises no bytes, only archives that can be read.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from samestack.image.layers.entry import EntryKind, LayerEntry

BLOCK: Final = 512
"""Headers, and the content of files, fill whole blocks."""
END: Final = bytes(2 * BLOCK)
"""What an archive ends with."""

_TYPES: Final = {
    EntryKind.FILE: b"0",
    EntryKind.HARDLINK: b"1",
    EntryKind.SYMLINK: b"2",
    EntryKind.DIRECTORY: b"5",
}
_MOST_NAME: Final = 100
_MOST_NUMBER: Final = 8**7 - 1
_MOST_SIZE: Final = 8**11 - 1


class _Numbers(NamedTuple):
    mode: int
    user: int
    group: int
    size: int
    moment: int


def header(entry: LayerEntry, *, size: int, moment: int) -> bytes:
    """What stands before the content of an entry; ``moment`` is in seconds since 1970."""
    path = _bytes(f"{entry.path}/" if entry.kind is EntryKind.DIRECTORY else entry.path)
    target = _bytes(entry.target)
    user, group = (min(number, _MOST_NUMBER) for number in (entry.user, entry.group))
    numbers = _Numbers(entry.mode, user, group, min(size, _MOST_SIZE), moment)
    records = b"".join(_records(path, target, size, entry))
    return _extended(records, moment) + _ustar(path, _TYPES[entry.kind], numbers, target)


def padding(size: int) -> bytes:
    """What fills the last block of so many bytes."""
    return bytes(-size % BLOCK)


def _records(path: bytes, target: bytes, size: int, entry: LayerEntry) -> Iterator[bytes]:
    for keyword, value in (("path", path), ("linkpath", target)):
        if len(value) > _MOST_NAME or not value.isascii():
            yield _record(keyword, value)
    if size > _MOST_SIZE:
        yield _record("size", str(size).encode())
    for keyword, number in (("uid", entry.user), ("gid", entry.group)):
        if number > _MOST_NUMBER:
            yield _record(keyword, str(number).encode())


def _record(keyword: str, value: bytes) -> bytes:
    """One record of a pax header; it begins with its own length."""
    rest = b" " + keyword.encode() + b"=" + value + b"\n"
    length = len(rest) + len(str(len(rest)))
    length = len(rest) + len(str(length))
    return str(length).encode() + rest


def _extended(records: bytes, moment: int) -> bytes:
    if not records:
        return b""
    numbers = _Numbers(0o644, 0, 0, len(records), moment)
    return _ustar(b"././@PaxHeader", b"x", numbers, b"") + records + padding(len(records))


def _ustar(name: bytes, kind: bytes, numbers: _Numbers, target: bytes) -> bytes:
    fields = (
        name[:_MOST_NAME].ljust(_MOST_NAME, b"\0"),
        b"%07o\0%07o\0%07o\0%011o\0%011o\0" % numbers,
        b" " * 8,
        kind,
        target[:_MOST_NAME].ljust(_MOST_NAME, b"\0"),
        b"ustar\x0000",
    )
    block = b"".join(fields).ljust(BLOCK, b"\0")
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def _bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
