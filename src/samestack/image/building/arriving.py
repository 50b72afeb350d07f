"""A file that arrives piece by piece, and is held against what was wanted."""

import hashlib
from typing import BinaryIO, Final

from msgspec import Struct

from samestack.errors import InputError, OutsideError

MOST_BYTES: Final = 16 << 30
"""The largest file that is fetched where nobody says how large it is."""
_ALTERED: Final = "the file was replaced since it was locked: find out why before you lock again"


class Wanted(Struct, frozen=True, kw_only=True):
    """What a download has to turn out to be."""

    name: str
    """How errors call it."""
    sha256: str
    size: int = 0
    """Bytes; 0 where nobody knows."""


class Arriving:
    """What has come so far."""

    def __init__(self, out: BinaryIO, wanted: Wanted, shown: str) -> None:
        self.shown = shown
        self.size = 0
        self._out = out
        self._wanted = wanted
        self._hasher = hashlib.sha256()

    @property
    def is_short(self) -> bool:
        """Whether something is missing for certain."""
        return self.size < self._wanted.size

    def restart(self) -> None:
        """Begin again: the server does not go on where it stopped."""
        self._out.seek(0)
        self._out.truncate()
        self.size, self._hasher = 0, hashlib.sha256()

    def add(self, data: bytes) -> None:
        """More of it."""
        self.size += len(data)
        if self.size > (self._wanted.size or MOST_BYTES):
            raise InputError(self.shown, "it is larger than the lock says", hint=_ALTERED)
        self._hasher.update(data)
        try:
            self._out.write(data)
        except OSError as error:
            raise OutsideError(f"{self._wanted.name} cannot be kept: {error.strerror}") from None

    def check(self) -> None:
        """Hold all of it against what was wanted."""
        if self._hasher.hexdigest() != self._wanted.sha256:
            raise InputError(self.shown, "its SHA-256 is not the one in the lock", hint=_ALTERED)
