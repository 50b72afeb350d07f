"""Each file of an archive is where its directory says, and says of itself what the directory says of it."""

import struct
from itertools import pairwise
from typing import BinaryIO, Final

from samestack.errors import InputError
from samestack.image.wheels.zip_directory import (
    HAS_DESCRIPTOR,
    ZipDirectory,
    ZipEntry,
    extra_fields,
    large_numbers,
)

_LOCAL: Final = struct.Struct("<4s5H3L2H")
_DESCRIPTOR: Final = b"PK\x07\x08"


def data_offsets(file: BinaryIO, directory: ZipDirectory, *, shown: str) -> dict[str, int]:
    """Where the data of each entry begins, by its name.

    The entries lie one after the other, from the beginning of the archive to its directory, without a gap or
    an overlap. :class:`InputError` where they do not, or where a local header contradicts the directory.
    """
    entries = sorted(directory.entries, key=lambda entry: entry.offset)
    ends = [*(entry.offset for entry in entries[1:]), directory.start]
    if entries and entries[0].offset:
        raise InputError(shown, "something stands before its first file")
    if any(one.offset == other.offset for one, other in pairwise(entries)):
        raise InputError(shown, "two of its files are in the same place")
    return {
        entry.name: _data_offset(file, entry, end, shown) for entry, end in zip(entries, ends, strict=True)
    }


def _data_offset(file: BinaryIO, entry: ZipEntry, end: int, shown: str) -> int:
    file.seek(entry.offset)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
        raise InputError(shown, "it is not where the directory says", place=entry.name)
    fields: tuple[int, ...] = _LOCAL.unpack(header)[1:]
    _, flags, method, _, _, *numbers, name_size, extra_size = fields
    name, extra = file.read(name_size), file.read(extra_size)
    agrees = (name, flags, method) == (entry.raw_name, entry.flags, entry.method)
    if not agrees or not _are_numbers_of(numbers, extra, entry, shown):
        raise InputError(shown, "its own header contradicts the directory", place=entry.name)
    start = entry.offset + _LOCAL.size + name_size + extra_size
    _check_end(file, entry, start + entry.packed, end, shown)
    return start


def _are_numbers_of(numbers: list[int], extra: bytes, entry: ZipEntry, shown: str) -> bool:
    crc, packed, size = numbers
    fields = extra_fields(extra, shown=shown, name=entry.name)
    size, packed = large_numbers(fields, (size, packed), shown=shown, name=entry.name)
    is_later = bool(entry.flags & HAS_DESCRIPTOR)
    pairs = ((crc, entry.crc), (packed, entry.packed), (size, entry.size))
    return all(stated == known or (is_later and stated == 0) for stated, known in pairs)


def _check_end(file: BinaryIO, entry: ZipEntry, place: int, end: int, shown: str) -> None:
    """Nothing but the descriptor that was announced stands between the data and what follows."""
    if place == end:
        return
    allowed = [b""]
    if entry.flags & HAS_DESCRIPTOR:
        forms = ("<LLL", "<LQQ")
        plain = [
            struct.pack(form, entry.crc, entry.packed, entry.size)
            for form in forms[max(entry.packed, entry.size) > 0xFFFFFFFF :]
        ]
        allowed = [signature + one for one in plain for signature in (b"", _DESCRIPTOR)]
    file.seek(place)
    if not 0 <= end - place <= 24 or file.read(end - place) not in allowed:
        raise InputError(shown, "something stands between it and the next file", place=entry.name)
