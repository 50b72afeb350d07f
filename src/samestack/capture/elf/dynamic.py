"""What the dynamic loader reads of an ELF file: the libraries and the symbol versions that it needs.

Found by the program headers alone, as the loader does: section headers may be stripped.
"""

from collections.abc import Mapping
from struct import Struct as Layout
from typing import Final

from msgspec import Struct

from samestack.capture.elf.header import Header
from samestack.capture.elf.segments import Segments, read_segments
from samestack.capture.elf.source import Source
from samestack.capture.elf.versions import read_version_needs

MAX_NAMES_BYTES: Final = 128 * 1024 * 1024
"""The largest table of names that is read. That of torch 2.3's libtorch_cuda.so has 11 MB."""

_MAX_DYNAMIC_BYTES = 256 * 1024
_MAX_NEEDED = 1024
_MAX_NAME_BYTES = 1024
_ENTRY_LAYOUTS = {
    (32, "<"): Layout("<II"),
    (32, ">"): Layout(">II"),
    (64, "<"): Layout("<QQ"),
    (64, ">"): Layout(">QQ"),
}
_END, _NEEDED, _STRINGS, _STRINGS_SIZE, _SONAME, _RPATH, _RUNPATH = 0, 1, 5, 10, 14, 15, 29  # DT_*
_VERSION_NEEDS, _VERSION_NEEDS_COUNT = 0x6FFFFFFE, 0x6FFFFFFF  # DT_VERNEED, DT_VERNEEDNUM


class Dynamic(Struct, frozen=True, kw_only=True):
    """What a shared library or a program needs of others. All empty for a file that is not dynamic."""

    needed: tuple[str, ...] = ()
    """The libraries that must be there (DT_NEEDED), in the order of the file."""
    soname: str | None = None
    """The name that others need it by."""
    search_path: tuple[str, ...] = ()
    """Where the loader looks for what is needed: DT_RUNPATH, or else DT_RPATH."""
    version_needs: Mapping[str, tuple[str, ...]] = {}
    """For a needed library, the symbol versions that it must offer: ``libc.so.6``: ``GLIBC_2.28``."""
    names: bytes = b""
    """The whole table of names: those of all symbols that are imported or exported among them."""

    def mentions(self, symbol: bytes) -> bool:
        """Whether a symbol, imported or exported, has this name (or one that ends in it)."""
        return symbol + b"\0" in self.names

    def mentions_beginning(self, start: bytes) -> bool:
        """Whether a symbol, imported or exported, has a name that begins so."""
        return b"\0" + start in self.names


class _Names:
    """The table of names that the dynamic section refers to."""

    def __init__(self, source: Source, offset: int, size: int) -> None:
        self.content = source.read(offset, size, limit=MAX_NAMES_BYTES)
        self._source = source
        self._offset = offset

    def at(self, position: int) -> str:
        end = self.content.find(b"\0", position, position + _MAX_NAME_BYTES)
        if end < 0:
            raise self._source.malformed("a name does not end in the table of names", self._offset + position)
        return self.content[position:end].decode("utf-8", "replace")


def read_dynamic(source: Source, header: Header) -> Dynamic:
    """The dynamic section of a file."""
    segments = read_segments(source, header)
    entries = _entries(source, header, segments)
    values = dict(entries)
    if _STRINGS not in values:
        return Dynamic()
    offset = segments.file_offset(values[_STRINGS])
    names = _Names(source, offset, values.get(_STRINGS_SIZE, 0))
    needed = [value for tag, value in entries if tag == _NEEDED]
    if len(needed) > _MAX_NEEDED:
        raise source.malformed(f"{len(needed)} needed libraries are over the limit of {_MAX_NEEDED}", offset)
    search_path = values.get(_RUNPATH, values.get(_RPATH))
    return Dynamic(
        needed=tuple(names.at(position) for position in needed),
        soname=names.at(values[_SONAME]) if _SONAME in values else None,
        search_path=() if search_path is None else tuple(filter(None, names.at(search_path).split(":"))),
        version_needs=_version_needs(source, header, segments, values, names),
        names=names.content,
    )


def _entries(source: Source, header: Header, segments: Segments) -> list[tuple[int, int]]:
    segment = segments.dynamic
    if segment is None:
        return []
    layout = _ENTRY_LAYOUTS[header.width, header.order]
    size = segment.size - segment.size % layout.size
    entries: list[tuple[int, int]] = []
    for tag, value in layout.iter_unpack(source.read(segment.offset, size, limit=_MAX_DYNAMIC_BYTES)):
        if tag == _END:
            break
        entries.append((tag, value))
    return entries


def _version_needs(
    source: Source, header: Header, segments: Segments, values: Mapping[int, int], names: _Names
) -> dict[str, tuple[str, ...]]:
    if _VERSION_NEEDS not in values:
        return {}
    offset = segments.file_offset(values[_VERSION_NEEDS])
    needs = read_version_needs(source, header.order, offset, values.get(_VERSION_NEEDS_COUNT, 0))
    return {names.at(file): tuple(map(names.at, versions)) for file, versions in needs.items()}
