"""Layers that were written before, by what they are a function of."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from samestack.capture.cache import Cache, cache_directory
from samestack.errors import InputError, OutsideError
from samestack.image.building.content_store import ContentStore
from samestack.image.layers.entry import WrittenLayer
from samestack.oci.digests import CheckedReader

_BUFFER: Final = 1 << 20

Writer = Callable[[BinaryIO], WrittenLayer]
"""Whoever writes a layer into a stream."""


class LayerCache:
    """Blobs by their digests, and which of them a key has become. A context: at its end what is old goes."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._blobs = ContentStore("image-layers", environment)
        self._keys = Cache(cache_directory(environment, "image-layer-keys"), WrittenLayer)

    def find(self, key: str) -> WrittenLayer | None:
        """What a key has become, if the blob is still there."""
        written = self._keys.get(Cache.key(key))
        if written is None or self._blobs.find(_name(written.digest), written.size) is None:
            return None
        return written

    def keep(self, key: str, write: Writer) -> WrittenLayer:
        """Have a layer written and keep it; an interruption leaves nothing."""
        with self._blobs.aside() as file:
            written = write(file)
            self._blobs.keep(file, _name(written.digest))
        self._keys.put(Cache.key(key), written)
        return written

    def open(self, written: WrittenLayer, *, is_new: bool = False) -> BinaryIO:
        """The blob; at its end it has been held against its digest, unless this process has just written it.

        Whoever it is sent to holds it against its digest, too. :class:`OutsideError` where it is gone,
        :class:`~samestack.errors.InputError` where it is altered: then it is removed, so that the next build
        writes it again.
        """
        path = self.path(written)
        try:
            file = path.open("rb", buffering=0 if is_new else _BUFFER)
            return file if is_new else io.BufferedReader(_Checked(file, written, path), _BUFFER)
        except OSError as error:
            raise OutsideError(f"{path}: {error.strerror}", hint="build again") from None

    def path(self, written: WrittenLayer) -> Path:
        """Where the blob is."""
        return self._blobs.path(_name(written.digest))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._blobs.close()
        self._keys.prune()


class _Checked(CheckedReader):
    def __init__(self, stream: BinaryIO, written: WrittenLayer, path: Path) -> None:
        super().__init__(stream, digest=written.digest, size=written.size, where=str(path))
        self._path = path

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            return super().readinto(buffer)
        except InputError:
            self._path.unlink(missing_ok=True)
            raise


def _name(digest: str) -> str:
    return digest.removeprefix("sha256:")
