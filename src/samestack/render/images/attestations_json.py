"""What is attached to an image as JSON for programs, schema ``samestack/attestations/1``."""

from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

from samestack.codec import encode
from samestack.image.attesting.attestation import Attestation, Attested, State

ATTESTATIONS_SCHEMA: Final = "samestack/attestations/1"
"""The schema that is written."""


class AttestationDocument(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One document that refers to an image."""

    kind: str
    """Its media type."""
    digest: str
    """Of the artifact that holds it."""
    predicate_type: str = ""
    """What a statement is about."""
    signer: str = ""
    """Who signed it, where that was checked and holds."""
    state: State
    reasons: tuple[str, ...] = ()
    """Why it fails, or was not checked."""


class ImageDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The image for one platform."""

    platform: str
    digest: str
    holds: bool
    """Whether nothing is missing, and nothing that is there fails."""
    attestations: tuple[AttestationDocument, ...]
    missing: tuple[str, ...]
    """What should be attached and is not, or does not hold."""


class AttestationsDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was attached, or what was found to be attached."""

    schema: Literal["samestack/attestations/1"]
    reference: str
    """The image, as the user named it."""
    holds: bool
    images: tuple[ImageDocument, ...]


def encode_attestations(reference: str, found: Sequence[Attested]) -> bytes:
    """The documents as indented JSON, ending with a line break."""
    document = AttestationsDocument(
        schema=ATTESTATIONS_SCHEMA,
        reference=reference,
        holds=all(one.holds for one in found),
        images=tuple(map(_image, found)),
    )
    return encode(document)


def _image(found: Attested) -> ImageDocument:
    return ImageDocument(
        platform=str(found.image.platform),
        digest=found.image.descriptor.digest,
        holds=found.holds,
        attestations=tuple(map(_attestation, found.attestations)),
        missing=found.missing,
    )


def _attestation(one: Attestation) -> AttestationDocument:
    return AttestationDocument(
        kind=one.kind,
        digest=one.digest,
        predicate_type=one.predicate_type,
        signer=one.signer,
        state=one.state,
        reasons=one.reasons,
    )
