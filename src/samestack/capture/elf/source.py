"""A file that is not trusted, read within limits."""

import os
from collections.abc import Iterator
from typing import BinaryIO, Final

from samestack.errors import InputError

ALLOWANCE: Final = 512 * 1024 * 1024
"""How many bytes are read of one file in all. The most that a real one took, of 40 large wheels, is 29 MB."""

BLOCK: Final = 1024 * 1024
"""How much of a long stretch is read at once."""


class Source:
    """A seekable file of which every read lies inside the file and inside what may be read in all."""

    def __init__(self, file: BinaryIO, name: str, *, allowance: int = ALLOWANCE) -> None:
        self.name = name
        self.size = file.seek(0, os.SEEK_END)
        self.bytes_read = 0
        self._file = file
        self._allowance = allowance

    def read(self, offset: int, size: int, *, limit: int | None = None) -> bytes:
        """Exactly ``size`` bytes at ``offset``; InputError when they are not there or are over a limit."""
        if offset + size > self.size:
            raise self.malformed(f"{size} bytes are said to be here, beyond the end of the file", offset)
        if limit is not None and size > limit:
            raise self.malformed(f"{size} bytes are over the limit of {limit}", offset)
        if self.bytes_read + size > self._allowance:
            raise self.malformed(f"more than {self._allowance} bytes would have to be read", offset)
        self.bytes_read += size
        self._file.seek(offset)
        data = self._file.read(size)
        if len(data) != size:
            raise self.malformed("the file became shorter while it was read", offset)
        return data

    def blocks(self, offset: int, size: int, *, overlap: int, block: int = BLOCK) -> Iterator[bytes]:
        """A stretch of the file in blocks; each repeats the last ``overlap`` bytes of the one before."""
        start, end = offset, offset + size
        while start < end:
            length = min(block, end - start)
            yield self.read(start, length)
            start += length if start + length >= end else length - overlap

    def malformed(self, message: str, offset: int) -> InputError:
        """The error for something that is wrong at an offset of this file."""
        return InputError(self.name, message, place=f"offset {offset:#x}")
