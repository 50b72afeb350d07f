"""What was read once and costs to read again: kept by a key, in the user's own directory for such things."""

import os
from collections.abc import Mapping
from typing import Final, Generic, TypeVar

import msgspec
from msgspec import Struct

from samestack.sha256 import sha256_hex

T = TypeVar("T")

MAX_ENTRIES: Final = 4096
"""How many entries are kept in a directory."""

MAX_ENTRY_BYTES: Final = 16 * 1024 * 1024
"""A larger entry is neither kept nor read."""


class _Entry(Struct, Generic[T], frozen=True, forbid_unknown_fields=True):
    """An entry as it stands in its file, the name of which is its key."""

    key: str
    value: T


def cache_directory(environment: Mapping[str, str], name: str) -> str | None:
    """Where the user's environment variables want it: SAMESTACK_CACHE, or below XDG_CACHE_HOME.

    An empty SAMESTACK_CACHE turns caches off.
    """
    chosen = environment.get("SAMESTACK_CACHE")
    if chosen is not None:
        return os.path.join(chosen, name) if chosen else None
    base = environment.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):  # the XDG specification has relative ones ignored
        return os.path.join(base, "samestack", name)
    home = environment.get("HOME", "")
    return os.path.join(home, ".cache/samestack", name) if os.path.isabs(home) else None


class Cache(Generic[T]):
    """A directory with one file an entry, each a value of one shape; never a reason to fail.

    Safe with several processes: a file is written aside and renamed. What cannot be written is not kept; what
    cannot be read, or is not what was asked for, is not there. Without a directory nothing is kept.
    """

    def __init__(self, directory: str | None, shape: type[T]) -> None:
        self.directory = directory
        self._decoder = msgspec.json.Decoder(_Entry[shape])  # type: ignore[valid-type]
        self._is_fuller = False

    @staticmethod
    def key(*parts: str) -> str:
        """The key of an entry that depends on all these texts."""
        return sha256_hex(msgspec.json.encode(parts))

    def get(self, key: str) -> T | None:
        """What is kept under a key."""
        if self.directory is None:
            return None
        try:
            with open(f"{self.directory}/{key}", "rb") as file:
                entry = self._decoder.decode(file.read(MAX_ENTRY_BYTES + 1))
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None
        return entry.value if entry.key == key else None

    def put(self, key: str, value: T) -> None:
        """Keep a value under a key, if that is possible."""
        data = msgspec.json.encode(_Entry(key, value))
        if self.directory is None or len(data) > MAX_ENTRY_BYTES:
            return
        aside = f"{self.directory}/{key}.{os.urandom(8).hex()}"
        try:
            os.makedirs(self.directory, mode=0o700, exist_ok=True)
            with open(aside, "wb") as file:
                file.write(data)
            os.replace(aside, f"{self.directory}/{key}")
        except OSError:
            return
        self._is_fuller = True

    def prune(self) -> None:
        """Remove the oldest entries beyond the limit, if anything was written since."""
        if self.directory is None or not self._is_fuller:
            return
        try:
            with os.scandir(self.directory) as found:
                entries = [(entry.stat(follow_symlinks=False).st_mtime, entry.path) for entry in found]
            for _, path in sorted(entries)[: max(len(entries) - MAX_ENTRIES, 0)]:
                os.unlink(path)
        except OSError:  # another process prunes as well
            return
        self._is_fuller = False
