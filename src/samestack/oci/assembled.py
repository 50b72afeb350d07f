"""Images whose manifests stand nowhere: they are put together from what an older format says."""

import io
from collections.abc import Callable, Mapping
from typing import BinaryIO

from msgspec import Struct

from samestack.errors import InputError
from samestack.oci.digests import CheckedReader, digest_of
from samestack.oci.documents import MANIFEST, Descriptor, Index, Manifest, described, document_bytes
from samestack.oci.layout.names import entry_of, naming


class Assembled(Struct, frozen=True, kw_only=True):
    """One image: the manifest that it would have, its configuration as it stands, and its names."""

    manifest: Manifest
    config: bytes
    names: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Descriptor, ...]:
        """How an index would list it: once for each name."""
        names = self.names or ("",)
        return tuple(described(self.manifest, MANIFEST, annotations=naming(name)) for name in names)


class AssembledSource:
    """Such images, to be read: a :class:`~samestack.oci.places.Source`."""

    def __init__(
        self, images: tuple[Assembled, ...], layers: Mapping[str, Callable[[], BinaryIO]], shown: str
    ) -> None:
        """``layers`` opens each layer by its digest."""
        entries = tuple(entry for image in images for entry in image.entries)
        self._index = Index(schema_version=2, manifests=entries)
        documents = [data for image in images for data in (document_bytes(image.manifest), image.config)]
        self._documents = {digest_of(data): data for data in documents}
        self._layers = layers
        self._shown = shown

    def described(self, version: str) -> Descriptor:
        """See :class:`~samestack.oci.places.Source`."""
        return entry_of(self._index, version, where=self._shown)

    def document(self, descriptor: Descriptor) -> bytes:
        """See :class:`~samestack.oci.places.Source`."""
        if descriptor.digest not in self._documents:
            raise InputError(self._shown, "it is missing", place=descriptor.digest)
        return self._documents[descriptor.digest]

    def blob(self, descriptor: Descriptor) -> BinaryIO:
        """See :class:`~samestack.oci.places.Source`."""
        if descriptor.digest in self._documents:
            return io.BytesIO(self._documents[descriptor.digest])
        if descriptor.digest not in self._layers:
            raise InputError(self._shown, "it is missing", place=descriptor.digest)
        stream = self._layers[descriptor.digest]()
        checked = CheckedReader(stream, digest=descriptor.digest, size=descriptor.size, where=self._shown)
        return io.BufferedReader(checked)

    def referrers(self, digest: str) -> tuple[Descriptor, ...]:  # noqa: ARG002 - older formats know none
        """See :class:`~samestack.oci.places.Source`."""
        return ()

    def shown(self) -> str:
        """See :class:`~samestack.oci.places.Source`."""
        return self._shown
