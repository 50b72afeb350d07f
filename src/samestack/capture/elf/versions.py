"""The version needs of an ELF file: two levels of linked records (``.gnu.version_r``)."""

from struct import Struct as Layout
from typing import Final

from samestack.capture.elf.source import Source

MAX_RECORDS: Final = 1024
"""The most records that are followed. The largest library of a Debian system has about 60."""

_MAX_TABLE_BYTES = 16 * MAX_RECORDS
_FILE = {"<": Layout("<HHIII"), ">": Layout(">HHIII")}
_VERSION = {"<": Layout("<IHHII"), ">": Layout(">IHHII")}


class _Table:
    """The part of the file that records may stand in, and how many may still be followed."""

    def __init__(self, source: Source, offset: int) -> None:
        self._content = source.read(offset, min(_MAX_TABLE_BYTES, max(source.size - offset, 0)))
        self._source = source
        self._offset = offset
        self._left = MAX_RECORDS

    def record(self, layout: Layout, position: int) -> tuple[int, ...]:
        self._left -= 1
        if self._left < 0:
            raise self._source.malformed(f"more than {MAX_RECORDS} version records", self._offset)
        if position + layout.size > len(self._content):
            raise self._source.malformed("a version record lies outside its table", self._offset + position)
        return layout.unpack_from(self._content, position)


def read_version_needs(source: Source, order: str, offset: int, count: int) -> dict[int, list[int]]:
    """For each needed file the versions it must offer, both as positions in the table of names."""
    table = _Table(source, offset)
    needs: dict[int, list[int]] = {}
    position = 0
    for _ in range(count):
        _, versions, file, first, following = table.record(_FILE[order], position)
        needs.setdefault(file, []).extend(_versions(table, order, position + first, versions))
        if following == 0:
            break
        position += following
    return needs


def _versions(table: _Table, order: str, position: int, count: int) -> list[int]:
    names: list[int] = []
    for _ in range(count):
        _, _, _, name, following = table.record(_VERSION[order], position)
        names.append(name)
        if following == 0:
            break
        position += following
    return names
