"""Images whose layers are no archives at all: nobody who only moves one looks into it."""

from collections.abc import Mapping

from msgspec import Struct

from samestack.oci.digests import digest_of
from samestack.oci.documents import (
    CONFIG,
    INDEX,
    LAYER_GZIP,
    MANIFEST,
    Descriptor,
    ImageConfig,
    Index,
    Manifest,
    RootFilesystem,
    described,
    document_bytes,
)
from samestack.oci.platform import AMD64, Platform


class OpaqueImage(Struct, frozen=True, kw_only=True):
    """A manifest or an index, with all that it names."""

    descriptor: Descriptor
    documents: Mapping[str, tuple[str, bytes]]
    """Manifests and indexes: the media type and the bytes."""
    blobs: Mapping[str, bytes]


def blob(data: bytes, media_type: str = LAYER_GZIP) -> Descriptor:
    return Descriptor(media_type=media_type, digest=digest_of(data), size=len(data))


def opaque_image(
    *layers: bytes,
    platform: Platform = AMD64,
    annotations: Mapping[str, str] | None = None,
    subject: Descriptor | None = None,
    artifact_type: str = "",
) -> OpaqueImage:
    """An image of some layers, or an artifact that refers to one."""
    config = document_bytes(
        ImageConfig(
            architecture=platform.architecture,
            os=platform.os,
            rootfs=RootFilesystem(diff_ids=tuple(map(digest_of, layers))),
        )
    )
    manifest = Manifest(
        schema_version=2,
        config=blob(config, CONFIG),
        layers=tuple(map(blob, layers)),
        annotations=annotations or {},
        subject=subject,
        artifact_type=artifact_type,
    )
    descriptor = described(manifest, MANIFEST, platform=None if subject else platform)
    return OpaqueImage(
        descriptor=descriptor,
        documents={descriptor.digest: (MANIFEST, document_bytes(manifest))},
        blobs={digest_of(one): one for one in (*layers, config)},
    )


def opaque_index(*images: OpaqueImage) -> OpaqueImage:
    """One index of several images."""
    index = Index(schema_version=2, manifests=tuple(one.descriptor for one in images))
    documents = {digest: one for image in images for digest, one in image.documents.items()}
    descriptor = described(index, INDEX)
    return OpaqueImage(
        descriptor=descriptor,
        documents={**documents, descriptor.digest: (INDEX, document_bytes(index))},
        blobs={digest: one for image in images for digest, one in image.blobs.items()},
    )
