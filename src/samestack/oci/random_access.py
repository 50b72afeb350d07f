"""A file that any thread reads anywhere, and that leaves nothing behind."""

import hashlib
import io
import os
import stat
import tempfile
import weakref
from pathlib import Path
from typing import BinaryIO, Final, Self

from samestack.errors import InputError, OutsideError

_BUFFER_BYTES: Final = 1 << 16
_PIECE_BYTES: Final = 1 << 20


class RandomAccessFile:
    """An open file; it is closed when nobody holds it, nor a part of it, any more."""

    def __init__(self, descriptor: int) -> None:
        """Take over an open file's descriptor."""
        self._descriptor = descriptor
        weakref.finalize(self, os.close, descriptor)

    @classmethod
    def of(cls, path: Path) -> Self:
        """A regular file, to be read; :class:`InputError` for anything else."""
        try:
            # O_NONBLOCK: a named pipe must not make us wait for a writer.
            file = cls(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC))
        except OSError as error:
            raise InputError(str(path), f"cannot be read: {error.strerror}") from None
        if not stat.S_ISREG(os.fstat(file._descriptor).st_mode):
            raise InputError(str(path), "it is no regular file")
        return file

    @classmethod
    def temporary(cls) -> Self:
        """An empty file without a name: whatever happens to this process, it is gone with it."""
        try:
            with tempfile.TemporaryFile(dir=large_directory()) as file:
                return cls(os.dup(file.fileno()))
        except OSError as error:
            raise OutsideError(f"{large_directory()}: cannot be written: {error.strerror}") from None

    @property
    def size(self) -> int:
        """Bytes."""
        return os.fstat(self._descriptor).st_size

    def append(self, data: bytes) -> None:
        """Write at the end; :class:`OutsideError` when the disk is full."""
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._descriptor, view) :]
        except OSError as error:
            raise OutsideError(f"{large_directory()}: cannot be written: {error.strerror}") from None

    def read_at(self, offset: int, size: int) -> bytes:
        """As many bytes as there are from an offset on, at most ``size``."""
        return os.pread(self._descriptor, size, offset)

    def digest(self, offset: int = 0, size: int | None = None) -> str:
        """The digest (``sha256:``) of a part of it, or of all."""
        hasher = hashlib.sha256()
        with self.part(offset, self.size if size is None else size) as file:
            while piece := file.read(_PIECE_BYTES):
                hasher.update(piece)
        return "sha256:" + hasher.hexdigest()

    def part(self, offset: int, size: int) -> BinaryIO:
        """A part of it as a file of its own, for reading and seeking."""
        return io.BufferedReader(_Part(self, offset, size), _BUFFER_BYTES)


def large_directory() -> str:
    """Where large temporary files go: the user's TMPDIR, or else not into ``/tmp``, which may be memory."""
    places = (os.environ.get("TMPDIR", ""), "/var/tmp")  # noqa: S108 - nothing there has a name
    return next((place for place in places if place and Path(place).is_dir()), tempfile.gettempdir())


class _Part(io.RawIOBase):
    def __init__(self, file: RandomAccessFile, offset: int, size: int) -> None:
        super().__init__()
        self._file = file
        self._offset = offset
        self._size = size
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("no position is negative")
        self._position = start + offset
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        wanted = max(min(len(buffer), self._size - self._position), 0)
        data = self._file.read_at(self._offset + self._position, wanted)
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)
