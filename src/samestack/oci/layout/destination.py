"""A directory that images are written to, as a layout."""

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from msgspec import Struct
from msgspec.structs import replace

from samestack.errors import OutsideError
from samestack.files import write_file
from samestack.oci.digests import CheckedReader, check
from samestack.oci.documents import (
    INDEXES,
    MANIFESTS,
    MAX_DOCUMENT_BYTES,
    Descriptor,
    Index,
    document_bytes,
    read_document,
)
from samestack.oci.layout.files import INDEX_FILE, LAYOUT_FILE, DirectoryFiles, blob_file, read
from samestack.oci.layout.names import names_of, naming
from samestack.oci.places import Blob
from samestack.oci.subjects import as_referrer

PARTIAL: Final = ".partial-"
"""What the name of a blob begins with that is not whole yet."""

_PIECE_BYTES: Final = 1 << 20


class _Version(Struct, frozen=True, rename={"version": "imageLayoutVersion"}):
    version: str = "1.0.0"


class LayoutDestination:
    """A layout for the time of one writing: a :class:`~samestack.oci.places.Destination`.

    Blobs may be added by several threads at once.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._unnamed: set[Path] = set()

    def has(self, descriptor: Descriptor) -> bool:
        """See :class:`~samestack.oci.places.Destination`."""
        path = self._path(descriptor)
        return path.is_file() and path.stat().st_size == descriptor.size

    def add(self, blob: Blob) -> bool:
        """See :class:`~samestack.oci.places.Destination`."""
        if self.has(blob.descriptor):
            return False
        with blob.open() as stream:
            self._store(blob.descriptor, lambda file: _copied(stream, blob.descriptor, file))
        return True

    def add_document(self, data: bytes, descriptor: Descriptor) -> None:
        """See :class:`~samestack.oci.places.Destination`. What refers to an image is listed at once."""
        check(data, descriptor.digest, where=descriptor.media_type)
        if not self.has(descriptor):
            self._store(descriptor, lambda file: file.write(data))
        is_listed = descriptor.media_type in (*INDEXES, *MANIFESTS)
        found = as_referrer(data, descriptor, where=descriptor.digest) if is_listed else None
        if found is not None:
            self._enter(found[1])

    def name(self, descriptor: Descriptor, tag: str) -> None:
        """See :class:`~samestack.oci.places.Destination`. A whole name (``team/name:1.0``) is kept whole.

        Without a tag it is the layout's one image without a name.
        """
        self._enter(replace(descriptor, annotations=naming(tag)))

    def abandon(self) -> None:
        """Remove what was added since something was named last: nobody sees it."""
        for path in self._unnamed:
            path.unlink(missing_ok=True)

    def _enter(self, entry: Descriptor) -> None:
        """The index is replaced as one: whoever reads it finds the old or the new one."""
        index = self._index()
        others = tuple(one for one in index.manifests if _identity(one) != _identity(entry))
        write_file(document_bytes(_Version()), self._directory / LAYOUT_FILE)
        write_file(document_bytes(replace(index, manifests=(*others, entry))), self._directory / INDEX_FILE)
        self._unnamed.clear()

    def _index(self) -> Index:
        if not (self._directory / INDEX_FILE).is_file():
            return Index(schema_version=2, manifests=())
        data = read(DirectoryFiles(self._directory), INDEX_FILE, MAX_DOCUMENT_BYTES)
        return read_document(data, Index, where=str(self._directory / INDEX_FILE))

    def _store(self, descriptor: Descriptor, write: Callable[[BinaryIO], object]) -> None:
        path = self._path(descriptor)
        aside = path.with_name(f"{PARTIAL}{os.urandom(8).hex()}")
        try:
            with aside.open("xb") as file:
                write(file)
            self._unnamed.add(path)
            aside.replace(path)
        except OSError as error:
            raise OutsideError(f"{path}: cannot be written: {error.strerror}") from None
        finally:
            with contextlib.suppress(FileNotFoundError):
                aside.unlink()

    def _path(self, descriptor: Descriptor) -> Path:
        return self._directory / blob_file(descriptor.digest)


def _copied(stream: BinaryIO, descriptor: Descriptor, file: BinaryIO) -> None:
    checked = CheckedReader(
        stream, digest=descriptor.digest, size=descriptor.size, where=descriptor.media_type
    )
    shutil.copyfileobj(checked, file, _PIECE_BYTES)


def _identity(entry: Descriptor) -> tuple[str, ...]:
    """What there is only one of: an image of a name, or an artifact."""
    return (entry.digest,) if entry.artifact_type else ("", *names_of(entry))
