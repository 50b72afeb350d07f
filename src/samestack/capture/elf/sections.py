"""The sections of an ELF file: named stretches of it. A loader needs none, and they can be stripped."""

from struct import Struct as Layout

from msgspec import Struct

from samestack.capture.elf.header import Header, read_rows
from samestack.capture.elf.source import Source

_LAYOUTS = {
    (32, "<"): Layout("<10I"),
    (32, ">"): Layout(">10I"),
    (64, "<"): Layout("<IIQQQQIIQQ"),
    (64, ">"): Layout(">IIQQQQIIQQ"),
}
_WITHOUT_CONTENT = 8  # SHT_NOBITS
_MAX_NAMES_BYTES = 1024 * 1024
_MAX_NAME_BYTES = 256


class Section(Struct, frozen=True):
    """A named stretch of the file; one that has no content in the file has the size 0."""

    name: str
    offset: int
    size: int


def read_sections(source: Source, header: Header) -> tuple[Section, ...]:
    """All sections in the order of their table; none where the table was stripped."""
    rows = read_rows(source, header.sections, _LAYOUTS[header.width, header.order])
    if not rows or header.names_index == 0:
        return ()
    if header.names_index >= len(rows):
        raise source.malformed("the names of the sections are in none of them", header.sections.offset)
    names = rows[header.names_index]
    text = source.read(names[4], names[5], limit=_MAX_NAMES_BYTES)
    return tuple(_section(row, text) for row in rows)


def _section(row: tuple[int, ...], names: bytes) -> Section:
    start, kind, offset, size = row[0], row[1], row[4], row[5]
    name = names[start : max(names.find(b"\0", start, start + _MAX_NAME_BYTES), start)]
    return Section(name.decode("utf-8", "replace"), offset, 0 if kind == _WITHOUT_CONTENT else size)
