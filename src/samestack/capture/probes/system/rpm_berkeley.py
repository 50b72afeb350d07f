"""A Berkeley DB hash file, ``Packages`` (CentOS 7, RHEL to 8): the headers that it holds.

The format (Berkeley DB 4 and 5, ``dbinc/db_page.h``): pages of one size, in the byte order of the machine
that wrote them, the first of them the meta-data. A page begins with 26 bytes: its number, the next page's,
how many entries it has, its kind. On a hash page keys and values take turns, named by 16-bit offsets; a value
as large as a package header stands on a chain of overflow pages, of which the hash page names the first.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

from msgspec import Struct

_MAGIC: Final = 0x061561
_META_BYTES: Final = 512
_PAGE_HEADER: Final = "IIHHBB"
"""From byte 12: previous page, next page, entries, free offset (on an overflow page: bytes), level, kind."""
_PAGE_HEADER_START: Final = 12
_PAGE_HEADER_BYTES: Final = 26
_HASH_KINDS: Final = frozenset({2, 13})
_OVERFLOW: Final = 7
_ON_PAGE, _OFF_PAGE = 1, 3


class _Pages(Struct, frozen=True):
    """An opened file, the byte order of its numbers, the size of a page and the number of the last one."""

    file: BinaryIO
    order: str
    size: int
    last: int

    def page(self, number: int) -> bytes:
        self.file.seek(number * self.size)
        page = self.file.read(self.size)
        if not 0 < number <= self.last or len(page) < self.size:
            raise ValueError("a page lies beyond its end")
        return page


def berkeley_headers(file: BinaryIO) -> Iterator[bytes]:
    """The package headers in an opened ``Packages``; ``ValueError`` where it is malformed."""
    pages = _opened(file)
    for number in range(1, pages.last + 1):
        page = pages.page(number)
        _, _, entries, _, _, kind = _header(pages, page)
        if kind in _HASH_KINDS:
            yield from _values(pages, page, entries)


def _opened(file: BinaryIO) -> _Pages:
    meta = file.read(_META_BYTES)
    if len(meta) < _META_BYTES:
        raise ValueError("it is cut off")
    order = next((one for one in "<>" if struct.unpack_from(f"{one}I", meta, 12) == (_MAGIC,)), None)
    if order is None:
        raise ValueError("it is not a Berkeley DB hash file")
    (size,) = struct.unpack_from(f"{order}I", meta, 20)
    (last,) = struct.unpack_from(f"{order}I", meta, 32)
    if size not in {2**exponent for exponent in range(9, 17)}:
        raise ValueError("its pages have an impossible size")
    return _Pages(file, order, size, last)


def _header(pages: _Pages, page: bytes) -> tuple[int, int, int, int, int, int]:
    header: tuple[int, int, int, int, int, int] = struct.unpack_from(
        pages.order + _PAGE_HEADER, page, _PAGE_HEADER_START
    )
    return header


def _values(pages: _Pages, page: bytes, entries: int) -> Iterator[bytes]:
    """The values on a hash page: every second entry; each ends where the one before it begins."""
    if _PAGE_HEADER_BYTES + 2 * entries > pages.size:
        raise ValueError("a page claims more entries than it has room for")
    offsets = struct.unpack_from(f"{pages.order}{entries}H", page, _PAGE_HEADER_BYTES)
    for key, value in zip(offsets[::2], offsets[1::2], strict=False):
        if not _PAGE_HEADER_BYTES <= value < key < pages.size:
            raise ValueError("an entry lies outside its page")
        if page[value] == _OFF_PAGE:
            yield _chained(pages, page, value)
        elif page[value] == _ON_PAGE and key - value > 8:  # a short one is rpm's counter, under the key 0
            yield page[value + 1 : key]


def _chained(pages: _Pages, page: bytes, entry: int) -> bytes:
    if entry + 12 > pages.size:
        raise ValueError("an entry lies outside its page")
    number, size = struct.unpack_from(f"{pages.order}II", page, entry + 4)
    if size > pages.size * pages.last:
        raise ValueError("a package claims to be larger than the file")
    parts, missing = [], size
    while missing > 0:
        overflow = pages.page(number)
        _, number, _, used, _, kind = _header(pages, overflow)
        if kind != _OVERFLOW or not 0 < used <= min(missing, pages.size - _PAGE_HEADER_BYTES):
            raise ValueError("the pages of a package do not hang together")
        parts.append(overflow[_PAGE_HEADER_BYTES : _PAGE_HEADER_BYTES + used])
        missing -= used
    return b"".join(parts)
