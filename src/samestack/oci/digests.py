"""What content is called: ``sha256:`` and 64 hexadecimal digits."""

import hashlib
import io
import re
from typing import BinaryIO, Final

from samestack.errors import InputError

_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")


def is_digest(text: str) -> bool:
    """Whether this is a digest that can be checked here: of SHA-256, as every registry writes them."""
    return _DIGEST.fullmatch(text) is not None


def digest_of(data: bytes) -> str:
    """The digest of some bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def check(data: bytes, digest: str, *, where: str) -> bytes:
    """The data, which must have this digest; :class:`InputError` naming ``where`` otherwise."""
    if digest_of(data) != digest:
        raise _altered(where, digest)
    return data


class CheckedReader(io.RawIOBase):
    """A stream that is read to its end once, and must then have the size and the digest that were promised.

    :class:`InputError` as soon as it is longer, or at its end when it is shorter or something else. Whoever
    stops reading early has checked nothing.
    """

    def __init__(self, stream: BinaryIO, *, digest: str, size: int, where: str) -> None:
        super().__init__()
        self._stream = stream
        self._digest = digest
        self._left = size
        self._where = where
        self._hasher = hashlib.sha256()

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read on; at the end, 0, and everything has been checked."""
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise InputError(self._where, "it is longer than its descriptor says", place=self._digest)
        self._hasher.update(data)
        if not data and len(buffer):
            self._check_end()
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the stream below, too."""
        if not self.closed:
            self._stream.close()
        super().close()

    def _check_end(self) -> None:
        if self._left:
            raise InputError(self._where, f"it ends {self._left} bytes too early", place=self._digest)
        if "sha256:" + self._hasher.hexdigest() != self._digest:
            raise _altered(self._where, self._digest)


def _altered(where: str, digest: str) -> InputError:
    return InputError(
        where, "its content is not what its digest says", place=digest, hint="fetch or build it again"
    )
