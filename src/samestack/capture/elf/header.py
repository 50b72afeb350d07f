"""The ELF header: how wide and in which order numbers are, and where the two tables stand."""

from struct import Struct as Layout
from typing import Final

from msgspec import Struct

from samestack.capture.elf.source import Source

MAGIC: Final = b"\x7fELF"
"""The first four bytes of every ELF file."""

MAX_ROWS: Final = 8192
"""The most rows that one of the tables may have. Shared libraries have some 40 sections and 12 segments."""

_IDENTIFICATION_SIZE = 16
_WIDTHS = {1: 32, 2: 64}
_ORDERS = {1: "<", 2: ">"}
_FIELDS = {32: "HHIIIIIHHHHHH", 64: "HHIQQQIHHHHHH"}


class Table(Struct, frozen=True):
    """A table in the file: where it stands, how large a row is, and how many there are."""

    offset: int
    row_size: int
    rows: int


class Header(Struct, frozen=True, kw_only=True):
    """What the header says of the file."""

    width: int
    """32 or 64 bits."""
    order: str
    """``<`` for little endian, ``>`` for big endian, as :mod:`struct` writes it."""
    machine: int
    """The number of the instruction set: 62 is x86-64, 183 is AArch64."""
    segments: Table
    sections: Table
    names_index: int
    """Which section holds the names of sections."""


def read_header(source: Source) -> Header:
    """The header of an ELF file; InputError for anything else."""
    identification = source.read(0, min(_IDENTIFICATION_SIZE, source.size))
    if len(identification) < _IDENTIFICATION_SIZE or not identification.startswith(MAGIC):
        raise source.malformed("not an ELF file", 0)
    width, order = _WIDTHS.get(identification[4]), _ORDERS.get(identification[5])
    if width is None or order is None:
        raise source.malformed("an ELF file of no known class or byte order", 4)
    layout = Layout(order + _FIELDS[width])
    fields = layout.unpack(source.read(_IDENTIFICATION_SIZE, layout.size))
    return Header(
        width=width,
        order=order,
        machine=fields[1],
        segments=Table(fields[4], fields[8], fields[9]),
        sections=Table(fields[5], fields[10], fields[11]),
        names_index=fields[12],
    )


def read_rows(source: Source, table: Table, layout: Layout) -> list[tuple[int, ...]]:
    """The rows of a table; none where the file has no such table."""
    if table.offset == 0 or table.rows == 0:
        return []
    if table.row_size != layout.size:
        raise source.malformed(f"rows of {table.row_size} bytes, not of {layout.size}", table.offset)
    if table.rows > MAX_ROWS:
        raise source.malformed(f"{table.rows} rows are over the limit of {MAX_ROWS}", table.offset)
    return list(layout.iter_unpack(source.read(table.offset, table.rows * table.row_size)))
