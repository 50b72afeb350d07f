"""rpm's own database, ``Packages.db`` (SUSE): the headers that it holds.

The format (rpm, ``lib/backend/ndb/rpmpkg.c``), all numbers little-endian: a header of 32 bytes, then slots of
16 bytes up to the end of the last slot page, each with the place of a blob in units of 16 bytes; a blob is a
head of 16 bytes, the package header, and a tail.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

_HEADER: Final = struct.Struct("<4sIIII")
_HEADER_BYTES: Final = 32
_SLOT: Final = struct.Struct("<4sIII")
_BLOB: Final = struct.Struct("<4sIII")
_BLOCK_BYTES: Final = 16
_PAGE_BYTES: Final = 4096
_MAX_SLOT_PAGES: Final = 4096
"""A million packages."""


def ndb_headers(file: BinaryIO) -> Iterator[bytes]:
    """The package headers in an opened ``Packages.db``; ``ValueError`` where it is malformed."""
    header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES:
        raise ValueError("it is cut off")
    magic, version, _, pages, _ = _HEADER.unpack_from(header)
    if magic != b"RpmP" or version != 0:
        raise ValueError("it is not rpm's own format")
    if pages > _MAX_SLOT_PAGES:
        raise ValueError("it claims too many packages")
    slots = file.read(pages * _PAGE_BYTES - _HEADER_BYTES)
    for mark, package, block, blocks in _SLOT.iter_unpack(slots[: len(slots) // _SLOT.size * _SLOT.size]):
        if mark != b"Slot":
            raise ValueError("a slot has no mark")
        if package and block:
            yield _blob(file, package, block, blocks)


def _blob(file: BinaryIO, package: int, block: int, blocks: int) -> bytes:
    file.seek(block * _BLOCK_BYTES)
    head = file.read(_BLOB.size)
    if len(head) < _BLOB.size:
        raise ValueError("a package lies beyond its end")
    mark, owner, _, size = _BLOB.unpack(head)
    if mark != b"BlbS" or owner != package or size > blocks * _BLOCK_BYTES:
        raise ValueError("a package is not where its slot says")
    return file.read(size)
