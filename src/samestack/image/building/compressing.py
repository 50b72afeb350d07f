"""Layers of a base that come uncompressed, as engines save them: compressed once, the same everywhere."""

import zlib
from collections.abc import Callable
from typing import BinaryIO, Final

from samestack.errors import InputError
from samestack.image.layers.compression import compressed
from samestack.image.layers.entry import Deflated, Piece, WrittenLayer
from samestack.image.layers.gzip_members import GzipMembers

_MEMBER_BYTES: Final = 1 << 20


def compressing(
    opened: Callable[[], BinaryIO], diff_id: str, *, where: str
) -> Callable[[BinaryIO], WrittenLayer]:
    """What writes a layer from its archive, which must have the digest ``diff_id``; ``where`` names it."""

    def write(out: BinaryIO) -> WrittenLayer:
        members, size = GzipMembers(out), 0
        with opened() as stream:
            while data := stream.read(_MEMBER_BYTES):
                piece = Piece(compressed(data), data)
                size += members.add(Deflated(crc=zlib.crc32(data), pieces=iter((piece,))))
        if members.content_digest != diff_id:
            raise InputError(where, "a layer is not what its configuration says", place=diff_id)
        return WrittenLayer(digest=members.digest, size=members.size, diff_id=diff_id, bytes=size)

    return write
