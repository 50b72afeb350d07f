"""Content kept by its digest: wheels that were fetched, layers that were written.

Several builds may use one store: files are written aside and renamed, and what was used lately stays.
"""

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from samestack.capture.cache import cache_directory
from samestack.errors import OutsideError

LIMIT: Final = 20 << 30
"""Bytes that a store keeps; the least recently used beyond that are removed."""
_LATELY: Final = 3600.0
"""Seconds for which nothing is removed after it was used: a build may be about to read it."""


class ContentStore:
    """A directory with one file for each digest.

    Where the user has turned caches off, it is a temporary one until :meth:`close`.
    """

    def __init__(self, name: str, environment: Mapping[str, str]) -> None:
        chosen = cache_directory(environment, name)
        self._temporary = None if chosen else tempfile.TemporaryDirectory(prefix="samestack-image-")
        self.directory = Path(chosen or self._temporary.name)  # type: ignore[union-attr]

    def path(self, name: str) -> Path:
        """Where something stands, or would stand; ``name`` is a digest's digits or another safe name."""
        return self.directory / name

    def find(self, name: str, size: int | None = None) -> Path | None:
        """Where it is, if it is there as a whole; it counts as used now. A half of it counts as nothing."""
        path = self.path(name)
        try:
            if size is not None and path.stat().st_size != size:
                return None
            os.utime(path)
        except OSError:
            return None
        return path

    @contextlib.contextmanager
    def aside(self) -> Iterator[BinaryIO]:
        """A file to write into, which :meth:`keep` then gives its name; otherwise it is gone at the end."""
        with self._outside():
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(prefix=".", dir=self.directory)
        try:
            os.close(descriptor)
            with Path(name).open("w+b") as file:
                yield file
        finally:
            Path(name).unlink(missing_ok=True)

    def keep(self, file: BinaryIO, name: str) -> Path:
        """Give the file of :meth:`aside` its name; another build may have been first with it."""
        path = self.path(name)
        with self._outside():
            file.flush()
            Path(file.name).replace(path)
        return path

    def close(self) -> None:
        """Nothing more comes: remove what is too much, or all of it where nothing is to be kept."""
        if self._temporary is None:
            self.prune()
        else:
            self._temporary.cleanup()

    def prune(self, limit: int = LIMIT) -> None:
        """Remove what was used least recently, as long as all of it is larger than the limit (bytes)."""
        with contextlib.suppress(OSError), os.scandir(self.directory) as found:
            files = sorted((entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in found)
            surplus = sum(size for _, size, _ in files) - limit
            for used, size, path in files:
                if surplus <= 0 or used > time.time() - _LATELY:
                    return
                Path(path).unlink(missing_ok=True)
                surplus -= size

    @contextlib.contextmanager
    def _outside(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            hint = "make room, or name another place with SAMESTACK_CACHE"
            raise OutsideError(f"{self.directory}: cannot be written: {error.strerror}", hint=hint) from None
