"""A stream that says how much of it was read, to whoever may end the reading."""

import io
from collections.abc import Callable
from typing import BinaryIO


class WatchedReader(io.RawIOBase):
    """Calls ``heard`` with the number of bytes after each piece; what that raises ends the reading."""

    def __init__(self, stream: BinaryIO, heard: Callable[[int], None]) -> None:
        super().__init__()
        self._stream = stream
        self._heard = heard

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read on; at the end, 0."""
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._heard(len(data))
        return len(data)

    def close(self) -> None:
        """Close the stream below, too."""
        if not self.closed:
            self._stream.close()
        super().close()
