"""Layers, uncompressed and checked, one after the other in a temporary file."""

import hashlib
from typing import BinaryIO, Final, NamedTuple

from samestack.errors import InputError
from samestack.oci.layers.decompression import uncompressed
from samestack.oci.random_access import RandomAccessFile

MAX_IMAGE_BYTES: Final = 128 << 30
"""What the layers of an image may be together, uncompressed. The largest real images have about 30 GiB."""
MAX_RATIO: Final = 200
"""How many times its compressed size a layer may have, beyond ``FREE_BYTES``. Real ones have about 3."""
FREE_BYTES: Final = 1 << 30


class Span(NamedTuple):
    """Where an archive stands in the spool."""

    start: int
    end: int


class Spool:
    """What was uncompressed so far. The file has no name, and is gone with whoever holds it."""

    def __init__(self) -> None:
        self.file = RandomAccessFile.temporary()
        self._end = 0

    def add(self, stream: BinaryIO, *, size: int, diff_id: str, where: str) -> Span:
        """Uncompress a layer of ``size`` bytes to the end; its archive must have the digest ``diff_id``.

        :class:`InputError` naming ``where`` when it has not, or when it grows beyond all measure.
        """
        start, hasher = self._end, hashlib.sha256()
        largest = min(MAX_IMAGE_BYTES - start, FREE_BYTES + MAX_RATIO * size)
        for piece in uncompressed(stream, where=where):
            hasher.update(piece)
            self._end += len(piece)
            if self._end - start > largest:
                raise InputError(where, f"it is larger than {largest} bytes when it is uncompressed")
            self.file.append(piece)
        if "sha256:" + hasher.hexdigest() != diff_id:
            raise InputError(where, "its archive is not what the image's configuration says", place=diff_id)
        return Span(start, self._end)
