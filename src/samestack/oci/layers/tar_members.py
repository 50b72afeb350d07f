"""The members of a tar archive that stands in a file: what each is, and where its content is."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from samestack.errors import InputError
from samestack.oci.layers.tar_extensions import MAX_EXTENSION_BYTES, NONE
from samestack.oci.layers.tar_header import BLOCK_BYTES, TarHeader, parsed
from samestack.oci.random_access import RandomAccessFile

_ZEROS: Final = bytes(BLOCK_BYTES)
_FILES: Final = ("0", "\0")
_OTHERS: Final = ("1", "2", "3", "4", "5", "6")
_EXTENSIONS: Final = ("x", "L", "K")
_GLOBAL: Final = "g"
_WINDOW_BYTES: Final = 1 << 16


class TarMember(Struct, frozen=True):
    """One member: its header, and where its content stands in the file."""

    header: TarHeader
    offset: int
    size: int
    """Bytes of the content; 0 for what is no regular file."""


def members(file: RandomAccessFile, start: int, end: int, *, where: str) -> Iterator[TarMember]:
    """Every member of the archive between two offsets of a file, in its order.

    :class:`InputError` naming ``where`` and the offset in the archive for whatever Go's reader would refuse,
    and for sparse files. What follows the end of the archive is not looked at.
    """
    archive = _Archive(file, start, end)
    try:
        yield from archive.members()
    except ValueError as error:
        place = f"byte {archive.offset - start}"
        raise InputError(where, f"it is no tar archive that is read: {error}", place=place) from None


class _Archive:
    """A walk from header to header; ``offset`` is that of the last one."""

    def __init__(self, file: RandomAccessFile, start: int, end: int) -> None:
        self._file = file
        self._end = end
        self._window = b""
        self._window_start = start
        self.offset = start

    def members(self) -> Iterator[TarMember]:
        extensions = NONE
        while (block := self._block()) is not None:
            header = parsed(block)
            content = self.offset + BLOCK_BYTES
            if header.type in _EXTENSIONS:
                extensions = extensions.with_one(header.type, self._extension(content, header.size))
                self.offset = self._after(content, header.size)
            elif header.type == _GLOBAL:  # engines pass over it, too
                self.offset = self._after(content, header.size)
            else:
                header, extensions = extensions.applied(header), NONE
                size = header.size if _type(header) in _FILES else 0
                after = self._after(content, size)
                yield TarMember(header, content, size)
                self.offset = after
        if extensions is not NONE:
            raise ValueError("it ends after an extension header")

    def _block(self) -> bytes | None:
        """The header at the offset; ``None`` at the end, which two blocks of zeros mark, or nothing."""
        block = self._at(self.offset)
        if block != _ZEROS:
            return block
        if self._at(self.offset + BLOCK_BYTES) not in (None, _ZEROS):
            raise ValueError("there is a lone block of zeros")
        return None

    def _at(self, offset: int) -> bytes | None:
        """One block; read with many that follow, since most files are small."""
        if offset >= self._end:
            return None
        place = offset - self._window_start
        if not 0 <= place <= len(self._window) - BLOCK_BYTES:
            self._window = self._file.read_at(offset, min(_WINDOW_BYTES, self._end - offset))
            self._window_start, place = offset, 0
        block = self._window[place : place + BLOCK_BYTES]
        if len(block) < BLOCK_BYTES:
            raise ValueError("a header is cut off")
        return block

    def _extension(self, content: int, size: int) -> bytes:
        if size > MAX_EXTENSION_BYTES:
            raise ValueError(f"an extension header has {size} bytes")
        self._after(content, size)
        return self._file.read_at(content, size)

    def _after(self, content: int, size: int) -> int:
        if content + size > self._end:
            raise ValueError("content is cut off")
        return content + -(-size // BLOCK_BYTES) * BLOCK_BYTES


def _type(header: TarHeader) -> str:
    if header.type not in (*_FILES, *_OTHERS):
        raise ValueError(f"it has a member of type {header.type!r}")
    return header.type
