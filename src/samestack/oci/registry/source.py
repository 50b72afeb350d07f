"""A repository of a registry as a source of images."""

import io
from typing import BinaryIO, Final, cast

from samestack.errors import InputError, RequestError
from samestack.oci.digests import CheckedReader, check, digest_of, is_digest
from samestack.oci.documents import MAX_DOCUMENT_BYTES, Descriptor
from samestack.oci.image_name import ImageName
from samestack.oci.registry.downloads import ResumedReader
from samestack.oci.registry.media_types import media_type_of
from samestack.oci.registry.referrers import referrers_of
from samestack.oci.registry.repository import MANIFEST_TYPES, Repository
from samestack.oci.registry.tags import tags_of

_BUFFER: Final = 1 << 20
_MOST_REMEMBERED: Final = 16
_MOST_NAMED: Final = 8


class RegistrySource:
    """See :class:`samestack.oci.places.Source`."""

    def __init__(self, repository: Repository, name: ImageName) -> None:
        self._repository = repository
        self._name = name
        self._remembered: dict[str, bytes] = {}

    def described(self, version: str) -> Descriptor:
        """The manifest or index of a tag or digest; an empty version is that of the name itself."""
        version = version or self._name.version
        answer = self._repository.manifest(version)
        if answer.status != 200:
            raise self._missing(version)
        if is_digest(version):
            check(answer.body, version, where=self.shown())
        kind = media_type_of(answer, self.shown())
        descriptor = Descriptor(media_type=kind, digest=digest_of(answer.body), size=len(answer.body))
        self._remember(descriptor, answer.body)
        return descriptor

    def document(self, descriptor: Descriptor) -> bytes:
        """A manifest, an index or a configuration."""
        if descriptor.digest in self._remembered:
            return self._remembered[descriptor.digest]
        if descriptor.media_type in MANIFEST_TYPES:
            return self._manifest(descriptor)
        if descriptor.size > MAX_DOCUMENT_BYTES:
            raise InputError(
                self.shown(), f"a document of {descriptor.size} bytes is not read", place=descriptor.digest
            )
        with self.blob(descriptor) as stream:
            return stream.read()

    def blob(self, descriptor: Descriptor) -> BinaryIO:
        """A layer, over as many connections as it takes."""
        stream = cast("BinaryIO", ResumedReader(self._repository, descriptor))
        digest, size = descriptor.digest, descriptor.size
        checked = CheckedReader(stream, digest=digest, size=size, where=self.shown())
        return io.BufferedReader(checked, _BUFFER)

    def referrers(self, digest: str) -> tuple[Descriptor, ...]:
        """What the registry says refers to a manifest."""
        return referrers_of(self._repository, digest)

    def shown(self) -> str:
        """``registry:HOST/NAME``."""
        return f"registry:{self._name.host}/{self._name.repository}"

    def _manifest(self, descriptor: Descriptor) -> bytes:
        answer = self._repository.manifest(descriptor.digest)
        if answer.status != 200:
            raise self._missing(descriptor.digest)
        data = check(answer.body, descriptor.digest, where=self.shown())
        self._remember(descriptor, data)
        return data

    def _remember(self, descriptor: Descriptor, data: bytes) -> None:
        """What was just asked about is mostly read next."""
        while len(self._remembered) >= _MOST_REMEMBERED:
            del self._remembered[next(iter(self._remembered))]
        self._remembered[descriptor.digest] = data

    def _missing(self, version: str) -> RequestError:
        tags = tags_of(self._repository)
        named = ", ".join(tags[:_MOST_NAMED]) + (", ..." if len(tags) > _MOST_NAMED else "")
        hint = f"there are: {named}" if tags else "nothing of it is tagged, or nothing of it may be seen"
        return RequestError(f"{self._repository.shown} has no {version}", hint=hint)
