"""A gzip stream of many members, and what it is called."""

import hashlib
import struct
from typing import BinaryIO, Final

from samestack.image.layers.entry import Deflated

# Deflate, no name, no time, no level, and an operating system that is not said.
_HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


class GzipMembers:
    """Writes members to a stream, and digests the compressed bytes as well as the content."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._compressed = hashlib.sha256()
        self._content = hashlib.sha256()
        self.size = 0

    @property
    def digest(self) -> str:
        """Of all members, compressed."""
        return f"sha256:{self._compressed.hexdigest()}"

    @property
    def content_digest(self) -> str:
        """Of the content of all members."""
        return f"sha256:{self._content.hexdigest()}"

    def add(self, deflated: Deflated) -> int:
        """A member that is compressed already; the bytes of its content."""
        size = 0
        self._write(_HEADER)
        for compressed, content in deflated.pieces:
            self._write(compressed)
            self._content.update(content)
            size += len(content)
        self._write(struct.pack("<LL", deflated.crc, size & 0xFFFFFFFF))
        return size

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._compressed.update(data)
        self.size += len(data)
