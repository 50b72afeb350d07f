"""The cache of the GNU dynamic loader, ``/etc/ld.so.cache``: which libraries ldconfig has found.

The format (glibc, ``sysdeps/generic/dl-cache.h``): a magic text, how many entries there are and how long
their texts are together; then the entries of 24 bytes: flags, the offsets of the soname and of the path, and
what processor a library asks for. Before glibc 2.32 an older table can stand in front, which is passed over.
"""

from collections.abc import Iterator
from struct import Struct as Layout
from typing import Final

_MAGIC: Final = b"glibc-ld.so.cache1.1"
_HEADER: Final = Layout("<20sII20x")
_ENTRY: Final = Layout("<iIIIQ")
_OF_GLIBC, _KIND, _ARCHITECTURE = 0x0003, 0x00FF, 0xFF00
_ARCHITECTURES: Final = {
    "x86_64": 0x0300,
    "s390x": 0x0400,
    "ppc64le": 0x0500,
    "aarch64": 0x0A00,
    "armv7l": 0x0900,
    "riscv64": 0x1000,
    "loongarch64": 0x1200,
    "i686": 0x0000,
}
"""The flags (``FLAG_*_LIB*`` there) of libraries for each architecture, in the words of uname."""
_MAX_NAME = 256


def cached_libraries(data: bytes, architecture: str) -> Iterator[str]:
    """The sonames in a cache that are of an architecture; nothing where it is not of this format."""
    flags = _ARCHITECTURES.get(architecture)
    start = data.find(_MAGIC)
    if flags is None or start < 0 or start + _HEADER.size > len(data):
        return
    _, count, _ = _HEADER.unpack_from(data, start)
    first = start + _HEADER.size
    count = min(count, (len(data) - first) // _ENTRY.size)
    for entry in _ENTRY.iter_unpack(data[first : first + count * _ENTRY.size]):
        if entry[0] & _KIND == _OF_GLIBC and entry[0] & _ARCHITECTURE == flags:
            yield _text(data, start + entry[1])


def _text(data: bytes, offset: int) -> str:
    return data[offset : max(data.find(b"\0", offset, offset + _MAX_NAME), offset)].decode("utf-8", "replace")
