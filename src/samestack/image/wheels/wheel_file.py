"""One file of a wheel, as content that a layer takes over as it is."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from msgspec import Struct

from samestack.errors import InputError, OutsideError
from samestack.image.layers.contents import PiecesReader
from samestack.image.layers.entry import Deflated, Piece
from samestack.image.wheels.inflating import NotDeflated, as_stored, crc32, inflated
from samestack.image.wheels.zip_directory import STORED, ZipEntry

_HINT: Final = "fetch it again; if it stays so, the wheel was made wrongly or altered"
_MOST_METADATA: Final = 32 << 20


class WheelFile(Struct, frozen=True, kw_only=True):
    """A file in a wheel. Whoever reads it to the end has checked its size, its CRC and its SHA-256."""

    wheel: Path
    entry: ZipEntry
    offset: int
    """Where its data begins."""
    sha256: str = ""
    """As the wheel's RECORD has it, in hexadecimal digits; empty where it has none."""

    @property
    def size(self) -> int:
        """Bytes of the content."""
        return self.entry.size

    @property
    def is_executable(self) -> bool:
        """Whether anybody may run it, as installers read it: then everybody may."""
        return bool(self.entry.mode & 0o111)

    def open(self) -> BinaryIO:
        """The content; :class:`InputError` at its end, or before, when it is not what the wheel says."""
        return io.BufferedReader(PiecesReader(self._checked_pieces()))

    def deflated(self) -> Deflated:
        """The deflate stream of the wheel; :class:`InputError` as from :meth:`open`."""
        return Deflated(crc=self.entry.crc, pieces=self._checked_pieces())

    def read(self) -> bytes:
        """The whole content of a file that describes the wheel; :class:`InputError` for too large ones."""
        if self.size > _MOST_METADATA:
            raise self._wrong(f"{self.size:,} bytes are too many for it")
        with self.open() as stream:
            return stream.read()

    def digest(self) -> str:
        """The SHA-256 of the content as it really is, in hexadecimal digits; what RECORD says is checked."""
        hasher = hashlib.sha256()
        for _, content in self._checked_pieces():
            hasher.update(content)
        return hasher.hexdigest()

    def _checked_pieces(self) -> Iterator[Piece]:
        size = crc = 0
        hasher = hashlib.sha256() if self.sha256 else None
        for piece in self._pieces():
            size, crc = size + len(piece.content), crc32(piece.content, crc)
            if size > self.size:
                break
            if hasher is not None:
                hasher.update(piece.content)
            yield piece
        if (size, crc) != (self.size, self.entry.crc):
            raise self._wrong("its content has not the size and the CRC that the directory says")
        if hasher is not None and hasher.hexdigest() != self.sha256:
            raise self._wrong("its content is not what RECORD says")

    def _pieces(self) -> Iterator[Piece]:
        try:
            # Read in large pieces: a buffer for each of twenty thousand files costs more than it saves.
            with open(self.wheel, "rb", buffering=0) as file:  # noqa: PTH123 - and pathlib half as much again
                file.seek(self.offset)
                take = as_stored if self.entry.method == STORED else inflated
                yield from take(file, self.entry.packed)
        except NotDeflated as error:
            raise self._wrong(str(error)) from None
        except OSError as error:
            raise OutsideError(f"{self.wheel}: cannot be read: {error.strerror}") from None

    def _wrong(self, message: str) -> InputError:
        return InputError(str(self.wheel), message, place=self.entry.name, hint=_HINT)
