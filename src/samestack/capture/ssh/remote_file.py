"""A file of another machine, read as any open file is."""

import io
from typing import TYPE_CHECKING, Final

from samestack.capture.ssh.transfer import Transfer

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BUFFER_BYTES: Final = 256 * 1024
"""How much is asked for at once."""


class RemoteFile(io.RawIOBase):
    """A file of another machine, of the size that it had when it was opened."""

    def __init__(self, transfer: Transfer, handle: bytes, size: int) -> None:
        super().__init__()
        self._transfer = transfer
        self._handle = handle
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As for any file."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("before the start of the file")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        """As for any file."""
        return self._at

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """As for any file."""
        view = memoryview(buffer).cast("B")
        data = self._transfer.piece(self._handle, self._at, min(len(view), BUFFER_BYTES))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        """Close it there, too."""
        if not self.closed:
            super().close()
            self._transfer.closed(self._handle)
