"""What a layer consists of: files, directories and links, by their paths."""

import posixpath
from collections.abc import Iterator
from enum import StrEnum
from typing import BinaryIO, NamedTuple, Protocol

from msgspec import Struct


class Piece(NamedTuple):
    """A part of a raw deflate stream, and the part of the content that it yields; either may be empty."""

    compressed: bytes
    content: bytes


class Deflated(Struct, frozen=True, kw_only=True):
    """Content that is compressed already: a raw deflate stream, as a wheel holds it."""

    crc: int
    """CRC-32 of the content."""
    pieces: Iterator[Piece]
    """The stream, from its beginning, once. Whoever makes it checks it: it ends where the deflate stream
    ends, and has the CRC and the size that were promised, or it raises an error."""


class Content(Protocol):
    """What is in a file. It may be read more than once, and is the same each time."""

    @property
    def size(self) -> int:
        """Bytes, uncompressed."""

    def open(self) -> BinaryIO:
        """The content, uncompressed, from its beginning."""

    def deflated(self) -> Deflated | None:
        """The content as a raw deflate stream, where it is at hand; else it is compressed by the writer."""


class EntryKind(StrEnum):
    """What stands at a path."""

    FILE = "file"
    DIRECTORY = "directory"
    SYMLINK = "symlink"
    HARDLINK = "hardlink"


class LayerEntry(Struct, frozen=True, kw_only=True):
    """One path of a layer. Times are not part of it: the whole layer has one."""

    path: str
    """Relative to the root, without a trailing slash: ``opt/venv/bin/python``."""
    kind: EntryKind = EntryKind.FILE
    mode: int = 0o644
    """Permission bits, at most ``0o7777``."""
    user: int = 0
    group: int = 0
    content: Content | None = None
    """Of a file; of nothing else."""
    target: str = ""
    """Of a link: what a symbolic one says, or the path of the file that a hard one is another name for."""

    def __post_init__(self) -> None:
        parts = self.path.split("/")
        if self.path != posixpath.normpath(self.path) or self.path.startswith("/") or ".." in parts:
            raise ValueError(f"'{self.path}' is no path of a layer")
        if not 0 <= self.mode <= 0o7777 or min(self.user, self.group) < 0:
            raise ValueError(f"the mode or the owner of '{self.path}' is none")


class WrittenLayer(Struct, frozen=True, kw_only=True):
    """What a layer became."""

    digest: str
    """Of the compressed archive: what the manifest names."""
    size: int
    """Bytes of the compressed archive."""
    diff_id: str
    """Digest of the archive itself: what the configuration names."""
    files: int = 0
    bytes: int = 0
    """Bytes of the content of all files, uncompressed."""
