"""Small images, made by the standard library's tar and gzip: other code than that which reads them here."""

import gzip
import io
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from samestack.oci.digests import digest_of
from samestack.oci.documents import (
    CONFIG,
    INDEX,
    LAYER_GZIP,
    MANIFEST,
    Descriptor,
    Execution,
    ImageConfig,
    Index,
    Manifest,
    RootFilesystem,
    described,
    document_bytes,
)
from samestack.oci.images import image_of
from samestack.oci.layout.files import DirectoryFiles
from samestack.oci.layout.source import LayoutSource
from samestack.oci.layout.writing import writing_layout
from samestack.oci.places import Blob, Destination, Image
from samestack.oci.platform import AMD64, Platform

Member = tuple[tarfile.TarInfo, bytes]


def member(path: str, kind: bytes = tarfile.REGTYPE, content: str | bytes = b"", **more: Any) -> Member:
    """A member of a layer; ``more`` are attributes of its :class:`tarfile.TarInfo`."""
    data = content.encode() if isinstance(content, str) else content
    info = tarfile.TarInfo(path)
    info.type, info.size, info.mode = kind, len(data), 0o755 if kind == tarfile.DIRTYPE else 0o644
    for name, value in more.items():
        setattr(info, name, value)
    return info, data


def file(path: str, content: str | bytes = b"", **more: Any) -> Member:
    return member(path, tarfile.REGTYPE, content, **more)


def directory(path: str, **more: Any) -> Member:
    return member(path, tarfile.DIRTYPE, **more)


def symlink(path: str, target: str) -> Member:
    return member(path, tarfile.SYMTYPE, linkname=target)


def hard_link(path: str, target: str) -> Member:
    return member(path, tarfile.LNKTYPE, linkname=target)


def tar(*members: Member, kind: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=kind) as archive:
        for info, data in members:
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


class SmallImage(Struct, frozen=True, kw_only=True):
    """All that a small image consists of."""

    manifest: Manifest
    blobs: tuple[bytes, ...]
    """Its configuration, then its layers."""

    @property
    def descriptor(self) -> Descriptor:
        return described(self.manifest, MANIFEST)

    def write(self, destination: Destination) -> None:
        """Bring it to a destination, without a name."""
        parts = (self.manifest.config, *self.manifest.layers)
        for descriptor, data in zip(parts, self.blobs, strict=True):
            destination.add(Blob(descriptor=descriptor, open=lambda data=data: io.BytesIO(data)))  # type: ignore[misc]
        destination.add_document(document_bytes(self.manifest), self.descriptor)


def small_image(
    *layers: bytes,
    platform: Platform = AMD64,
    env: tuple[str, ...] = (),
    entrypoint: tuple[str, ...] | None = None,
    compress: Callable[[bytes], bytes] = gzip.compress,
    media_type: str = LAYER_GZIP,
    annotations: Sequence[dict[str, str]] = (),
) -> SmallImage:
    """The image of some layers, each a tar archive."""
    compressed = [compress(layer) for layer in layers]
    config = document_bytes(
        ImageConfig(
            architecture=platform.architecture,
            os=platform.os,
            variant=platform.variant,
            rootfs=RootFilesystem(diff_ids=tuple(map(digest_of, layers))),
            config=Execution(env=env, entrypoint=entrypoint),
        )
    )
    notes = [*annotations, *({} for _ in layers)]
    manifest = Manifest(
        schema_version=2,
        config=Descriptor(media_type=CONFIG, digest=digest_of(config), size=len(config)),
        layers=tuple(
            Descriptor(media_type=media_type, digest=digest_of(one), size=len(one), annotations=note)
            for one, note in zip(compressed, notes, strict=False)
        ),
    )
    return SmallImage(manifest=manifest, blobs=(config, *compressed))


def write_layout(place: Path, image: SmallImage, tag: str = "latest") -> Path:
    """A layout that has the image, among others."""
    with writing_layout(place) as layout:
        image.write(layout)
        layout.name(image.descriptor, tag)
    return place


def write_index(
    destination: Destination, images: Sequence[tuple[SmallImage, Platform]], tag: str
) -> Descriptor:
    """An index of images for several platforms."""
    for image, _ in images:
        image.write(destination)
    index = Index(
        schema_version=2,
        manifests=tuple(described(image.manifest, MANIFEST, platform=platform) for image, platform in images),
    )
    descriptor = described(index, INDEX)
    destination.add_document(document_bytes(index), descriptor)
    destination.name(descriptor, tag)
    return descriptor


def opened(place: Path, image: SmallImage, tag: str = "latest") -> Image:
    """The image as it is read from a layout."""
    return image_of(LayoutSource(DirectoryFiles(write_layout(place, image, tag))), tag)
