"""Documents that refer to an image: signatures, bills of material, provenance."""

from msgspec import Struct
from msgspec.structs import replace

from samestack.oci.digests import digest_of
from samestack.oci.documents import (
    INDEX,
    INDEXES,
    MANIFEST,
    MANIFESTS,
    Descriptor,
    Index,
    Manifest,
    read_document,
)


class _Typed(Struct, frozen=True, kw_only=True, rename="camel"):
    """What tells the kind of a document: its media type, or else what it lists."""

    media_type: str = ""
    manifests: tuple[object, ...] | None = None
    layers: tuple[object, ...] | None = None


def described_document(data: bytes, *, where: str) -> Descriptor | None:
    """The descriptor of a manifest or an index; ``None`` for any other document."""
    typed = read_document(data, _Typed, where=where)
    listed = INDEX if typed.manifests is not None else MANIFEST if typed.layers is not None else ""
    media_type = typed.media_type or listed
    if media_type not in (*INDEXES, *MANIFESTS):
        return None
    return Descriptor(media_type=media_type, digest=digest_of(data), size=len(data))


def as_referrer(data: bytes, descriptor: Descriptor, *, where: str) -> tuple[str, Descriptor] | None:
    """What a manifest or an index refers to, by digest, and how it is listed; ``None`` for one of its own.

    It is listed as the distribution specification asks: with its artifact type, or else the media type of
    its configuration, and with its annotations.
    """
    document: Index | Manifest
    if descriptor.media_type in INDEXES:
        document = read_document(data, Index, where=where)
    else:
        document = read_document(data, Manifest, where=where)
    if document.subject is None:
        return None
    media_type = document.config.media_type if isinstance(document, Manifest) else ""
    listed = replace(
        descriptor, artifact_type=document.artifact_type or media_type, annotations=document.annotations
    )
    return document.subject.digest, listed
