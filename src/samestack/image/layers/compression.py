"""Content that no wheel brings compressed: libdeflate, and a name for how it compresses.

zlib's output depends on which zlib Python was built with; the ``deflate`` package carries its own libdeflate,
which is the same for every Python and machine, until it is another version.
"""

import functools
import hashlib
import zlib
from typing import Final

from samestack.libraries import library

_LEVEL: Final = 6
_PROBE_BYTES: Final = 1 << 16


def compressed(data: bytes) -> bytes:
    """A whole raw deflate stream."""
    deflate = library("deflate", "building an image", extra="image")
    return bytes(deflate.deflate_compress(data, _LEVEL))


@functools.cache
def compressor() -> str:
    """Which bytes :func:`compressed` makes: part of the key of every layer that it writes to.

    It is what a known text becomes, and not a version: a new one that compresses alike changes nothing.
    """
    return f"libdeflate-{_LEVEL}-{hashlib.sha256(compressed(_probe())).hexdigest()[:12]}"


def _probe() -> bytes:
    """Numbers, their binary forms and their check sums: words, repetitions and noise."""
    lines = (b"%d %x %08x\n" % (n, n * n, zlib.crc32(b"%d" % n)) for n in range(_PROBE_BYTES // 16))
    return b"".join(lines) + bytes(range(256)) * 16
