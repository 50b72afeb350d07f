"""The segments of an ELF file: which stretches of it are loaded at which addresses."""

from struct import Struct as Layout

from msgspec import Struct

from samestack.capture.elf.header import Header, read_rows
from samestack.capture.elf.source import Source

_LAYOUTS = {
    (32, "<"): Layout("<8I"),
    (32, ">"): Layout(">8I"),
    (64, "<"): Layout("<IIQQQQQQ"),
    (64, ">"): Layout(">IIQQQQQQ"),
}
_LOADED, _DYNAMIC = 1, 2  # PT_LOAD, PT_DYNAMIC


class Segment(Struct, frozen=True):
    """A stretch of the file and the address that it is loaded at."""

    kind: int
    offset: int
    address: int
    size: int


class Segments(Struct, frozen=True):
    """All segments of a file."""

    source: Source
    rows: tuple[Segment, ...]

    @property
    def dynamic(self) -> Segment | None:
        """The segment that holds the dynamic section."""
        return next((row for row in self.rows if row.kind == _DYNAMIC), None)

    def file_offset(self, address: int) -> int:
        """Where in the file stands what is loaded at an address."""
        for row in self.rows:
            if row.kind == _LOADED and row.address <= address < row.address + row.size:
                return row.offset + address - row.address
        raise self.source.malformed(f"the address {address:#x} is in no loaded segment", 0)


def read_segments(source: Source, header: Header) -> Segments:
    """The segments in the order of their table; none in a file that is not to be loaded."""
    rows = read_rows(source, header.segments, _LAYOUTS[header.width, header.order])
    if header.width == 64:
        return Segments(source, tuple(Segment(row[0], row[2], row[3], row[5]) for row in rows))
    return Segments(source, tuple(Segment(row[0], row[1], row[2], row[4]) for row in rows))
