"""ELF files for tests, written byte by byte: of either width and byte order."""

import struct
from collections.abc import Mapping, Sequence

from msgspec import Struct

_PLAIN = {"Q": "I", "q": "i"}
_NEEDED, _STRTAB, _STRSZ, _SONAME, _RUNPATH = 1, 5, 10, 14, 29
_VERNEED, _VERNEEDNUM = 0x6FFFFFFE, 0x6FFFFFFF


class Shape(Struct, frozen=True):
    """How wide numbers are, and in which order their bytes stand."""

    width: int = 64
    order: str = "<"

    def pack(self, layout: str, *values: int) -> bytes:
        """``Q`` stands for a number as wide as an address."""
        wide = layout if self.width == 64 else "".join(_PLAIN.get(letter, letter) for letter in layout)
        return struct.pack(self.order + wide, *values)


COMMON = Shape()
SHAPES = tuple(Shape(width, order) for width in (32, 64) for order in "<>")


class Names:
    """A table of names that grows."""

    def __init__(self) -> None:
        self.content = b"\0"

    def add(self, name: str) -> int:
        """The position of a name, which is added."""
        position = len(self.content)
        self.content += name.encode() + b"\0"
        return position


class Piece(Struct):
    """A named stretch of the file."""

    name: str
    content: bytes
    kind: int = 1
    link: int = 0
    info: int = 0
    row: int = 0
    offset: int = 0


def elf_file(
    *,
    shape: Shape = COMMON,
    needed: Sequence[str] = (),
    soname: str | None = None,
    runpath: str | None = None,
    version_needs: Mapping[str, Sequence[str]] | None = None,
    symbols: Sequence[str] = (),
    sections: Mapping[str, bytes] | None = None,
    section_headers: bool = True,
) -> bytes:
    """A shared library that needs and holds what is said; its segments load it at the address 0."""
    names, needs = Names(), version_needs or {}
    for symbol in symbols:
        names.add(symbol)
    entries = [(_NEEDED, names.add(name)) for name in needed]
    entries += [(_SONAME, names.add(soname))] if soname else []
    entries += [(_RUNPATH, names.add(runpath))] if runpath else []
    version_content = _version_content(shape, names, needs)
    pieces = [
        Piece("", b"", kind=0),
        Piece(".dynstr", names.content, kind=3),
        Piece(".gnu.version_r", version_content, kind=0x6FFFFFFE, link=1, info=len(needs)),
        Piece(".dynamic", b"", kind=6, link=1, row=shape.width // 4),
        *(Piece(name, content) for name, content in (sections or {}).items()),
    ]
    header_size = 64 if shape.width == 64 else 52
    segment_size = 56 if shape.width == 64 else 32
    offset = header_size + 2 * segment_size
    for piece in pieces[1:3]:
        piece.offset, offset = offset, offset + len(piece.content)
    entries += [(_STRTAB, pieces[1].offset), (_STRSZ, len(names.content))]
    entries += [(_VERNEED, pieces[2].offset), (_VERNEEDNUM, len(needs))] if needs else []
    pieces[3].content = b"".join(shape.pack("QQ", *entry) for entry in [*entries, (0, 0)])
    for piece in pieces[3:]:
        piece.offset, offset = offset, offset + len(piece.content)
    body = b"".join(piece.content for piece in pieces)
    segments = _segment(shape, 1, 0, offset) + _segment(shape, 2, pieces[3].offset, len(pieces[3].content))
    tail = _section_headers(shape, pieces, offset) if section_headers else b""
    table = offset + len(tail) - (len(pieces) + 1) * _section_row(shape) if tail else 0
    rows = len(pieces) + 1 if tail else 0
    return _header(shape, header_size, segment_size, table, rows) + segments + body + tail


def _header(shape: Shape, size: int, segment_size: int, table: int, rows: int) -> bytes:
    identification = b"\x7fELF" + bytes((shape.width // 32, 1 if shape.order == "<" else 2, 1)) + bytes(9)
    return identification + shape.pack(
        "HHIQQQIHHHHHH",
        3,
        62,
        1,
        0,
        size,
        table,
        0,
        size,
        segment_size,
        2,
        _section_row(shape),
        rows,
        rows and rows - 1,
    )


def _segment(shape: Shape, kind: int, offset: int, size: int) -> bytes:
    if shape.width == 64:
        return shape.pack("IIQQQQQQ", kind, 4, offset, offset, offset, size, size, 1)
    return shape.pack("IIIIIIII", kind, offset, offset, offset, size, size, 4, 1)


def _section_row(shape: Shape) -> int:
    return 64 if shape.width == 64 else 40


def _section_headers(shape: Shape, pieces: Sequence[Piece], offset: int) -> bytes:
    names = Names()
    positions = [0, *(names.add(piece.name) for piece in pieces[1:])]
    own = names.add(".shstrtab")
    listed = [*pieces, Piece(".shstrtab", names.content, kind=3, offset=offset)]
    rows = (
        shape.pack(
            "IIQQQQIIQQ",
            position,
            one.kind,
            2,
            one.offset,
            one.offset,
            len(one.content),
            one.link,
            one.info,
            1,
            one.row,
        )
        for position, one in zip([*positions, own], listed, strict=True)
    )
    return names.content + b"".join(rows)


def _version_content(shape: Shape, names: Names, needs: Mapping[str, Sequence[str]]) -> bytes:
    content = b""
    for number, (library, versions) in enumerate(needs.items(), 1):
        following = 0 if number == len(needs) else 16 * (1 + len(versions))
        content += shape.pack("HHIII", 1, len(versions), names.add(library), 16, following)
        for index, version in enumerate(versions, 1):
            last = index == len(versions)
            content += shape.pack("IHHII", 0, 0, 2, names.add(version), 0 if last else 16)
    return content
