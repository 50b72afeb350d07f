"""Documents that are attached to an image: artifacts beside it that name it as their subject."""

import io
from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from samestack.image.attesting.attestation import Attestation, State
from samestack.oci.digests import digest_of
from samestack.oci.documents import EMPTY, MANIFEST, Descriptor, Manifest, described, document_bytes
from samestack.oci.places import Blob, Destination

BILL: Final = "application/vnd.cyclonedx+json"
STATEMENT: Final = "application/vnd.in-toto+json"
SIGNED: Final = "application/vnd.dev.sigstore.bundle.v0.3+json"

PREDICATE_TYPE: Final = "in-toto.io/predicate-type"
"""The annotation by which a statement says what it is about without being read."""
CREATED: Final = "org.opencontainers.image.created"

_NOTHING: Final = b"{}"
_EMPTY: Final = Descriptor(media_type=EMPTY, digest=digest_of(_NOTHING), size=len(_NOTHING))


class Attachment(Struct, frozen=True, kw_only=True):
    """One document and its kind."""

    kind: str
    """A media type."""
    data: bytes
    annotations: Mapping[str, str] = field(default_factory=dict)


def attach(attachment: Attachment, subject: Descriptor, destination: Destination) -> Attestation:
    """Attach a document to a manifest that the destination has."""
    manifest = artifact(attachment, subject)
    descriptor = described(manifest, MANIFEST, artifact_type=attachment.kind)
    is_new = not destination.has(descriptor)
    # Also where it is there: a listing of what refers to the image may have lost it.
    _add(destination, manifest.config, _NOTHING)
    _add(destination, manifest.layers[0], attachment.data)
    destination.add_document(document_bytes(manifest), descriptor)
    return Attestation(
        kind=attachment.kind,
        digest=descriptor.digest,
        predicate_type=attachment.annotations.get(PREDICATE_TYPE, ""),
        state=State.ATTACHED if is_new else State.PRESENT,
    )


def artifact(attachment: Attachment, subject: Descriptor) -> Manifest:
    """The manifest, as the specification's guidance for artifacts has it."""
    layer = Descriptor(
        media_type=attachment.kind, digest=digest_of(attachment.data), size=len(attachment.data)
    )
    return Manifest(
        schema_version=2,
        artifact_type=attachment.kind,
        config=_EMPTY,
        layers=(layer,),
        subject=Descriptor(media_type=subject.media_type, digest=subject.digest, size=subject.size),
        annotations=attachment.annotations,
    )


def _add(destination: Destination, descriptor: Descriptor, data: bytes) -> None:
    destination.add(Blob(descriptor=descriptor, open=lambda: io.BytesIO(data)))
