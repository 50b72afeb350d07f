"""The files of an image that can be seen, with what they weigh."""

from msgspec import Struct


class WeighedFile(Struct, frozen=True):
    """A regular file that can be seen in the image."""

    path: str
    """Without a leading slash."""
    size: int
    """Bytes."""
    layer: int
    """From 1."""
