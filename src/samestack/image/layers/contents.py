"""What is in files: bytes at hand, generated texts, files of this machine."""

import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from samestack.errors import OutsideError
from samestack.image.layers.entry import Deflated, Piece
from samestack.image.layers.plain_deflate import stored


class BytesContent(Struct, frozen=True):
    """Bytes that are at hand; the layer's writer compresses them."""

    data: bytes

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)

    def open(self) -> BinaryIO:
        """The bytes."""
        return io.BytesIO(self.data)

    def deflated(self) -> Deflated | None:
        """Not at hand."""
        return None


class PlainContent(BytesContent, frozen=True):
    """Small generated content that is never compressed: a layer of such depends on no compressor."""

    def deflated(self) -> Deflated:
        """The bytes as they are, in stored blocks."""
        return Deflated(crc=zlib.crc32(self.data), pieces=iter((Piece(stored(self.data), self.data),)))


class FileContent(Struct, frozen=True):
    """A file of this machine that does not change meanwhile."""

    path: Path
    size: int
    """Bytes."""

    @classmethod
    def of(cls, path: Path) -> "FileContent":
        """The file as it is now; :class:`OutsideError` where it cannot be read."""
        try:
            return cls(path, path.stat().st_size)
        except OSError as error:
            raise _unreadable(path, error) from None

    def open(self) -> BinaryIO:
        """The file; :class:`OutsideError` where it cannot be read."""
        try:
            return self.path.open("rb")
        except OSError as error:
            raise _unreadable(self.path, error) from None

    def deflated(self) -> Deflated | None:
        """Not at hand."""
        return None


class PiecesReader(io.RawIOBase):
    """The content of pieces as a stream that is read once."""

    def __init__(self, pieces: Iterator[Piece]) -> None:
        super().__init__()
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read on; 0 at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece.content)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def _unreadable(path: Path, error: OSError) -> OutsideError:
    return OutsideError(f"{path}: cannot be read: {error.strerror}")
