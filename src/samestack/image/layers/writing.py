"""A layer: entries in, one compressed tar archive out, the same to the last bit wherever it is written."""

import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from samestack.errors import OutsideError
from samestack.image.layers.arranging import arranged
from samestack.image.layers.compression import compressed
from samestack.image.layers.entry import Content, Deflated, LayerEntry, Piece, WrittenLayer
from samestack.image.layers.gzip_members import GzipMembers
from samestack.image.layers.plain_deflate import without_runs_of_zeros
from samestack.image.layers.tar_headers import END, header, padding

LAYOUT_VERSION: Final = 1
"""Part of the key of every layer: it is raised when the same entries become other bytes."""

_MEMBER_BYTES: Final = 1 << 20
"""Of what is not compressed yet, so much at a time becomes a member: memory stays small."""


def write_layer(entries: Iterable[LayerEntry], out: BinaryIO, *, moment: int) -> WrittenLayer:
    """Write a layer to a stream; ``moment``, in seconds since 1970, is the time of everything in it.

    Entries come in any order; :func:`arranged` sorts them and adds their parents, with its errors. Content
    that is compressed already is copied as it is, and becomes a gzip member between those that hold what
    stands between. :class:`OutsideError` when content is not as long as it was said to be.
    """
    if not 0 <= moment < 1 << 33:
        raise ValueError(f"{moment} is no time of an archive")
    archive = _Archive(out)
    files = size = 0
    for entry in arranged(entries):
        content_size = 0 if entry.content is None else entry.content.size
        archive.add_plain(header(entry, size=content_size, moment=moment))
        if entry.content is not None:
            archive.add_content(entry.content, entry.path)
            files, size = files + 1, size + content_size
    members = archive.ended()
    return WrittenLayer(
        digest=members.digest,
        size=members.size,
        diff_id=members.content_digest,
        files=files,
        bytes=size,
    )


class _Archive:
    """A tar archive that becomes members; what is not compressed yet waits to become one together."""

    def __init__(self, out: BinaryIO) -> None:
        self._members = GzipMembers(out)
        self._waiting = bytearray()
        self._needs_compressor = False

    def add_plain(self, data: bytes) -> None:
        """Headers and padding: they take no compressor."""
        self._waiting += data
        while len(self._waiting) >= _MEMBER_BYTES:
            self._flush()

    def add_content(self, content: Content, path: str) -> None:
        """The content of a file, filled up to a whole block."""
        deflated = content.deflated() if content.size else None
        size = self._compress(content) if deflated is None else self._splice(deflated)
        if size != content.size:
            raise OutsideError(
                f"{path} has {size} bytes and not {content.size}: it changed while it was read"
            )
        self.add_plain(padding(size))

    def ended(self) -> GzipMembers:
        """Nothing comes any more."""
        self.add_plain(END)
        self._flush()
        return self._members

    def _splice(self, deflated: Deflated) -> int:
        self._flush()
        return self._members.add(deflated)

    def _compress(self, content: Content) -> int:
        size = 0
        with content.open() as stream:
            while data := stream.read(_MEMBER_BYTES):
                self._needs_compressor = True
                self.add_plain(data)
                size += len(data)
        return size

    def _flush(self) -> None:
        data = bytes(self._waiting[:_MEMBER_BYTES])
        del self._waiting[:_MEMBER_BYTES]
        if data:
            squeezed = compressed(data) if self._needs_compressor else without_runs_of_zeros(data)
            self._members.add(Deflated(crc=zlib.crc32(data), pieces=_once(squeezed, data)))
        self._needs_compressor = self._needs_compressor and bool(self._waiting)


def _once(squeezed: bytes, data: bytes) -> Iterator[Piece]:
    yield Piece(squeezed, data)
