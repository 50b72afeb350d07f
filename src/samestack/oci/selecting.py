"""What belongs to an image: its documents, and the blobs that they name."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct, structs

from samestack.errors import InputError, RequestError
from samestack.oci.documents import (
    INDEXES,
    MANIFESTS,
    Descriptor,
    ImageConfig,
    Index,
    Manifest,
    described,
    document_bytes,
    read_document,
)
from samestack.oci.places import Source
from samestack.oci.platform import Platform

_MOST_DOCUMENTS: Final = 2000
_DEEPEST: Final = 8


class Document(Struct, frozen=True, kw_only=True):
    """A manifest or an index, as it stands in its source."""

    descriptor: Descriptor
    data: bytes


class Part(Struct, frozen=True, kw_only=True):
    """A blob: a layer or a configuration."""

    descriptor: Descriptor
    base: str = ""
    """The name of the image below, as the manifest of this one says it; empty where it does not."""


class Selected(Struct, frozen=True, kw_only=True):
    """An image, or one for each of several platforms, with everything that refers to it."""

    root: Descriptor
    documents: tuple[Document, ...]
    """What each names stands before it, and what refers to it after it."""
    parts: tuple[Part, ...]
    """Each once."""


def select(source: Source, version: str, platforms: Sequence[Platform] | None = None) -> Selected:
    """Everything of a tag or a digest, or of it what is for some platforms.

    One platform is that platform's image by itself; several are an index of their own.
    :class:`RequestError` for a platform that it is not for.
    """
    root = source.described(version)
    walk = _Walk(source)
    if platforms:
        root, own = _narrowed(source, root, platforms)
        walk.own = own
    walk.visit(root)
    return Selected(root=root, documents=tuple(walk.documents), parts=tuple(walk.parts.values()))


class _Walk:
    """Goes from a document to all that belongs to it, and to each only once."""

    def __init__(self, source: Source) -> None:
        self.documents: list[Document] = []
        self.parts: dict[str, Part] = {}
        self.own: Document | None = None
        self._source = source
        self._seen: set[str] = set()

    def visit(self, descriptor: Descriptor, depth: int = 0) -> None:
        if descriptor.digest in self._seen:
            return
        self._seen.add(descriptor.digest)
        if len(self._seen) > _MOST_DOCUMENTS or depth > _DEEPEST:
            raise InputError(self._source.shown(), "too many documents belong to it")
        data = self._data(descriptor)
        for one in _listed(data, descriptor, self._source.shown()):
            self.visit(one, depth + 1)
        self._note_parts(data, descriptor)
        self.documents.append(Document(descriptor=descriptor, data=data))
        for one in self._source.referrers(descriptor.digest):
            self.visit(one, depth + 1)

    def _data(self, descriptor: Descriptor) -> bytes:
        if self.own is not None and self.own.descriptor.digest == descriptor.digest:
            return self.own.data
        return self._source.document(descriptor)

    def _note_parts(self, data: bytes, descriptor: Descriptor) -> None:
        if descriptor.media_type not in MANIFESTS:
            return
        manifest = read_document(data, Manifest, where=f"{self._source.shown()}: {descriptor.digest}")
        base = manifest.annotations.get("org.opencontainers.image.base.name", "")
        for one in (*manifest.layers, manifest.config):
            self.parts.setdefault(one.digest, Part(descriptor=one, base=base))


def _listed(data: bytes, descriptor: Descriptor, shown: str) -> tuple[Descriptor, ...]:
    if descriptor.media_type in MANIFESTS:
        return ()
    where = f"{shown}: {descriptor.digest}"
    if descriptor.media_type not in INDEXES:
        raise InputError(where, f"a '{descriptor.media_type}' is no image")
    return read_document(data, Index, where=where).manifests


def _narrowed(
    source: Source, root: Descriptor, platforms: Sequence[Platform]
) -> tuple[Descriptor, Document | None]:
    """The one image that was asked for, or an index of several with what it says."""
    there = tuple(_for_platforms(source, root))
    chosen = {one.digest: one for platform in platforms for one in (_chosen(there, platform, source),)}
    if len(chosen) == 1:
        return next(iter(chosen.values())), None
    if root.media_type in INDEXES and len(chosen) == len(there):
        return root, None
    index = Index(schema_version=2, manifests=tuple(chosen.values()))
    descriptor = described(index, index.media_type)
    return descriptor, Document(descriptor=descriptor, data=document_bytes(index))


def _chosen(there: tuple[Descriptor, ...], platform: Platform, source: Source) -> Descriptor:
    found = next((one for one in there if one.platform is not None and one.platform.serves(platform)), None)
    if found is None:
        known = ", ".join(sorted({str(one.platform) for one in there}))
        raise RequestError(f"{source.shown()} is not for {platform}", hint=f"it is for {known}")
    return found


def _for_platforms(source: Source, root: Descriptor) -> Iterator[Descriptor]:
    """The images of an index, or the one that there is, each with its platform."""
    data = source.document(root)
    for one in _listed(data, root, source.shown()):
        if one.platform is not None and one.platform.os != "unknown":
            yield one
    if root.media_type in MANIFESTS:
        where = f"{source.shown()}: {root.digest}"
        manifest = read_document(data, Manifest, where=where)
        config = read_document(source.document(manifest.config), ImageConfig, where=where)
        yield structs.replace(root, platform=config.platform)
