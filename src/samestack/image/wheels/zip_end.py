"""The end of a zip archive: where its directory is, by one record or by two that agree."""

import os
import struct
from typing import BinaryIO, Final, NamedTuple

from samestack.errors import InputError

_END: Final = struct.Struct("<4s4H2LH")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64: Final = struct.Struct("<4sLQL")
_FULL_16: Final = 0xFFFF
_FULL_32: Final = 0xFFFFFFFF


class DirectoryExtent(NamedTuple):
    """How many entries a directory has, how long it is and where it begins."""

    entries: int
    size: int
    start: int


def distrusted(shown: str, message: str) -> InputError:
    """The error for an archive that is malformed as a whole."""
    return InputError(shown, message, hint="fetch it again; if it stays so, do not trust it")


def directory_extent(file: BinaryIO, *, shown: str) -> DirectoryExtent:
    """Where the directory is; :class:`InputError` unless the archive ends with it and what tells of it."""
    end = file.seek(0, os.SEEK_END) - _END.size
    if end < 0:
        raise distrusted(shown, "it is no zip archive")
    signature, *disks, here, count, size, start, comment = _END.unpack(_at(file, end, _END.size))
    if signature != b"PK\x05\x06" or comment:
        raise distrusted(shown, "it is no zip archive, or has something after its directory")
    if disks != [0, 0] or here != count:
        raise distrusted(shown, "it has several parts")
    extent, end = _extended(file, DirectoryExtent(count, size, start), end, shown)
    if extent.start + extent.size != end:
        raise distrusted(shown, "its directory is not where it claims to be")
    return extent


def _extended(file: BinaryIO, small: DirectoryExtent, end: int, shown: str) -> tuple[DirectoryExtent, int]:
    """The extent as a ZIP64 record has it, where there is one, and where the directory must end."""
    place = end - _LOCATOR_64.size
    if place < _END_64.size:
        return small, end
    signature, disk, where, disks = _LOCATOR_64.unpack(_at(file, place, _LOCATOR_64.size))
    if signature != b"PK\x06\x07":
        return small, end
    if (disk, where, disks) != (0, place - _END_64.size, 1):
        raise distrusted(shown, "its ZIP64 record is not where it claims to be")
    signature, size, _, _, *disk_numbers, here, count, length, start = _END_64.unpack(
        _at(file, where, _END_64.size)
    )
    large = DirectoryExtent(count, length, start)
    if (signature, size, disk_numbers, here) != (b"PK\x06\x06", _END_64.size - 12, [0, 0], count):
        raise distrusted(shown, "its ZIP64 record is malformed")
    if any(
        a not in (b, full) for a, b, full in zip(small, large, (_FULL_16, _FULL_32, _FULL_32), strict=True)
    ):
        raise distrusted(shown, "its two directories contradict each other")
    return large, where


def _at(file: BinaryIO, place: int, size: int) -> bytes:
    file.seek(place)
    return file.read(size)
