"""A repository of a registry as a destination of images."""

import threading

from samestack.errors import OutsideError
from samestack.oci.digests import check
from samestack.oci.documents import Descriptor
from samestack.oci.places import Blob
from samestack.oci.registry.exchange import Answer
from samestack.oci.registry.referrers import record
from samestack.oci.registry.repository import Repository
from samestack.oci.registry.uploads import mount, upload
from samestack.oci.subjects import as_referrer


class RegistryDestination:
    """See :class:`samestack.oci.places.Destination`. Any thread may bring blobs."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._documents: dict[str, bytes] = {}
        self._listing = threading.Lock()

    def has(self, descriptor: Descriptor) -> bool:
        """Whether the repository has it."""
        return self._repository.has(descriptor)

    def add(self, blob: Blob) -> bool:
        """Bring a blob there; whether it had to be uploaded."""
        if self.has(blob.descriptor):
            return False
        place = ""
        if blob.origin not in {"", self._repository.name}:
            mounted = mount(self._repository, blob)
            if mounted is None:
                return False
            place = mounted
        upload(self._repository, blob, place)
        return True

    def add_document(self, data: bytes, descriptor: Descriptor) -> None:
        """Bring a manifest or an index there, and list it among what refers to its subject."""
        self._documents[descriptor.digest] = data
        answer = self._put(descriptor.digest, data, descriptor)
        found = as_referrer(data, descriptor, where=self._repository.shown)
        if found is not None and "OCI-Subject" not in answer.headers:
            subject, referrer = found
            with self._listing:
                record(self._repository, subject, referrer)

    def name(self, descriptor: Descriptor, tag: str) -> None:
        """Tag a manifest or an index: a registry takes it once more, under the tag."""
        data = self._documents.get(descriptor.digest)
        if data is None:
            answer = self._repository.manifest(descriptor.digest)
            if answer.status != 200:
                raise OutsideError(
                    f"{self._repository.shown} has no {descriptor.digest} that could be tagged"
                )
            data = check(answer.body, descriptor.digest, where=self._repository.shown)
        self._put(tag, data, descriptor)

    def _put(self, version: str, data: bytes, descriptor: Descriptor) -> Answer:
        answer = self._repository.put_manifest(version, data, descriptor.media_type)
        said = answer.headers.get("Docker-Content-Digest")
        if said not in {None, descriptor.digest}:
            raise OutsideError(f"{self._repository.shown}: it keeps {descriptor.digest} under another name")
        return answer
