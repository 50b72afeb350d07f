"""What is attached to an image, read and held against the image itself."""

from typing import Final

from samestack.capture.documents import MAX_DOCUMENT_BYTES
from samestack.errors import InputError
from samestack.image.attesting.attachment import SIGNED
from samestack.image.attesting.attestation import Attestation, State
from samestack.image.attesting.verdicts import Expectation, Verdict, verdict
from samestack.oci.documents import MANIFESTS, Descriptor, Manifest, read_document
from samestack.oci.places import Image

MOST_ATTACHED: Final = 1000
"""The most documents of one image that are looked at."""


def all_checked(expected: Expectation) -> tuple[Attestation, ...]:
    """Everything that refers to the image, in the order in which it is listed."""
    image = expected.image
    listed = image.source.referrers(image.descriptor.digest)
    if len(listed) > MOST_ATTACHED:
        raise InputError(image.shown, f"more than {MOST_ATTACHED} documents are attached to it")
    return tuple(checked(one, expected) for one in listed)


def checked(descriptor: Descriptor, expected: Expectation) -> Attestation:
    """One document that refers to the image, read and checked."""
    kind = descriptor.artifact_type
    try:
        manifest = _artifact(descriptor, expected.image)
        kind = manifest.artifact_type or manifest.config.media_type
        found = verdict(kind, _content(manifest, expected.image), expected)
    except InputError as error:
        found = Verdict(State.FAILS, (error.message,))
    is_signed = kind == SIGNED and found.state is State.HOLDS
    return Attestation(
        kind=kind,
        digest=descriptor.digest,
        predicate_type=found.predicate_type,
        signer=expected.signer if is_signed else "",
        state=found.state,
        reasons=found.reasons,
    )


def _artifact(descriptor: Descriptor, image: Image) -> Manifest:
    where = f"{image.source.shown()}: {descriptor.digest}"
    if descriptor.media_type not in MANIFESTS:
        raise InputError(where, f"a '{descriptor.media_type}' is no artifact")
    manifest = read_document(image.source.document(descriptor), Manifest, where=where)
    subject = manifest.subject
    if subject is None or subject.digest != image.descriptor.digest:
        raise InputError(where, "it is listed for this image, and is about another")
    return manifest


def _content(manifest: Manifest, image: Image) -> bytes:
    where = image.source.shown()
    if len(manifest.layers) != 1:
        raise InputError(where, f"an attached document of {len(manifest.layers)} parts is not read")
    layer = manifest.layers[0]
    if layer.size > MAX_DOCUMENT_BYTES:
        raise InputError(where, f"an attached document of {layer.size} bytes is not read", place=layer.digest)
    with image.source.blob(layer) as stream:
        return stream.read()
