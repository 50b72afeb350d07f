"""What stands at a path of an image."""

from enum import StrEnum

from msgspec import Struct


class FileKind(StrEnum):
    """The kinds of file that a layer can hold."""

    FILE = "file"
    DIRECTORY = "directory"
    SYMLINK = "symlink"
    CHARACTER_DEVICE = "character-device"
    BLOCK_DEVICE = "block-device"
    FIFO = "fifo"


class MergedFile(Struct, frozen=True, kw_only=True):
    """One path of an image, as a container of it would find it."""

    kind: FileKind
    mode: int
    """Permission bits with setuid, setgid and sticky: at most ``0o7777``."""
    user: int = 0
    group: int = 0
    size: int = 0
    """Bytes of a regular file."""
    target: str = ""
    """Of a symbolic link, what it says; of a file's second name (a hard link), its first one."""
    layer: int
    """Which layer put it there, counted from 0, the lowest."""
    offset: int = -1
    """Where the content of a regular file stands among the uncompressed layers."""


class HiddenFile(Struct, frozen=True, kw_only=True):
    """A regular file that a layer brought and that no container sees: replaced or removed above."""

    path: str
    size: int
    """Bytes."""
    layer: int
    hidden_by: int
    """The layer that replaced or removed it."""
