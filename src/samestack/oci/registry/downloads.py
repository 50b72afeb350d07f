"""Blobs that are read from a registry, and read on where a connection was lost."""

import contextlib
import io
from collections.abc import Generator
from typing import Final

from samestack.errors import OutsideError
from samestack.oci.documents import Descriptor
from samestack.oci.registry.failures import PassingError
from samestack.oci.registry.patience import Waiting
from samestack.oci.registry.repository import Repository

# As long as every attempt brings as much as this, they may be many.
_PROGRESS_BYTES: Final = 1 << 20


class ResumedReader(io.RawIOBase):
    """A blob from its beginning to its end, over as many connections as it takes. It checks no digest."""

    def __init__(self, repository: Repository, descriptor: Descriptor) -> None:
        super().__init__()
        self._repository = repository
        self._descriptor = descriptor
        self._waiting = Waiting(repository.exchange.patience)
        self._position = 0
        self._began = 0
        self._rest = memoryview(b"")
        self._pieces: Generator[bytes] | None = None

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read on; at the end, 0."""
        while not self._rest and self._position < self._descriptor.size:
            try:
                self._rest = memoryview(self._next_piece())
            except PassingError as failure:
                self._give_up_connection()
                self._waiting.after(failure)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        self._position += count
        return count

    def close(self) -> None:
        """Let go of the connection, too."""
        if not self.closed:
            self._give_up_connection()
        super().close()

    def _next_piece(self) -> bytes:
        self._pieces = self._pieces or self._opened()
        piece = next(self._pieces, None)
        if piece is None:
            missing = self._descriptor.size - self._position
            raise PassingError(
                f"{self._repository.shown}: {self._descriptor.digest} ends {missing} bytes early"
            )
        return piece

    def _opened(self) -> Generator[bytes]:
        """The blob from here on; where the registry begins at the beginning, that is passed over."""
        response = self._repository.open_blob(self._descriptor, self._position)
        pieces = self._repository.exchange.pieces(response)
        if response.status_code == 206:
            if not response.headers.get("Content-Range", "").startswith(f"bytes {self._position}-"):
                pieces.close()
                response.close()
                raise OutsideError(f"{self._repository.shown}: it sends another part than was asked for")
            return pieces
        return _after(self._position, pieces)

    def _give_up_connection(self) -> None:
        if self._position - self._began >= _PROGRESS_BYTES:
            self._waiting.progressed()
        self._began = self._position
        if self._pieces is not None:
            self._pieces.close()
            self._pieces = None


def _after(count: int, pieces: Generator[bytes]) -> Generator[bytes]:
    with contextlib.closing(pieces):
        for piece in pieces:
            if len(piece) > count:
                yield piece[count:]
            count = max(0, count - len(piece))
