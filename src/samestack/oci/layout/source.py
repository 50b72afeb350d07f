"""Images that stand in a layout, to be read."""

import io
from collections.abc import Iterator
from typing import BinaryIO, Final

from samestack.errors import RequestError
from samestack.oci.digests import CheckedReader, check, is_digest
from samestack.oci.documents import (
    INDEXES,
    MANIFESTS,
    MAX_DOCUMENT_BYTES,
    Descriptor,
    Index,
    read_document,
)
from samestack.oci.layout.files import INDEX_FILE, LayoutFiles, blob_file, read
from samestack.oci.layout.names import entry_of, fallback_tag, names_of
from samestack.oci.subjects import as_referrer, described_document

_PIECE_BYTES: Final = 1 << 20


class LayoutSource:
    """The images of a layout: a :class:`~samestack.oci.places.Source`."""

    def __init__(self, files: LayoutFiles) -> None:
        self._files = files

    def described(self, version: str) -> Descriptor:
        """See :class:`~samestack.oci.places.Source`."""
        try:
            return entry_of(self._index(), version, where=self.shown())
        except RequestError:
            # One platform's manifest is no entry of its own where an index lists it.
            found = self._inner(version) if is_digest(version) else None
            if found is None:
                raise
            return found

    def document(self, descriptor: Descriptor) -> bytes:
        """See :class:`~samestack.oci.places.Source`."""
        data = read(self._files, blob_file(descriptor.digest), MAX_DOCUMENT_BYTES)
        return check(data, descriptor.digest, where=self.shown())

    def blob(self, descriptor: Descriptor) -> BinaryIO:
        """See :class:`~samestack.oci.places.Source`."""
        file = self._files.open(blob_file(descriptor.digest))
        reader = CheckedReader(file, digest=descriptor.digest, size=descriptor.size, where=self.shown())
        return io.BufferedReader(reader, _PIECE_BYTES)

    def referrers(self, digest: str) -> tuple[Descriptor, ...]:
        """See :class:`~samestack.oci.places.Source`."""
        return tuple({one.digest: one for one in self._referrers(digest)}.values())

    def shown(self) -> str:
        """See :class:`~samestack.oci.places.Source`."""
        return self._files.shown()

    def _index(self) -> Index:
        data = read(self._files, INDEX_FILE, MAX_DOCUMENT_BYTES)
        return read_document(data, Index, where=f"{self.shown()}/{INDEX_FILE}")

    def _inner(self, digest: str) -> Descriptor | None:
        if not self._files.has(blob_file(digest)):
            return None
        data = read(self._files, blob_file(digest), MAX_DOCUMENT_BYTES)
        return described_document(check(data, digest, where=self.shown()), where=f"{self.shown()}: {digest}")

    def _referrers(self, digest: str) -> Iterator[Descriptor]:
        for entry in self._index().manifests:
            if entry.media_type not in (*INDEXES, *MANIFESTS):
                continue
            data, where = self.document(entry), f"{self.shown()}: {entry.digest}"
            if fallback_tag(digest) in names_of(entry):
                yield from read_document(data, Index, where=where).manifests
            elif (found := as_referrer(data, entry, where=where)) and found[0] == digest:
                yield found[1]
