"""Archives as ``docker save`` wrote them before version 25, and as podman and others still do."""

from functools import partial
from typing import Final

import msgspec
from msgspec import Struct

from samestack.errors import InputError
from samestack.oci.archive.files import ArchiveFiles
from samestack.oci.assembled import Assembled, AssembledSource
from samestack.oci.digests import digest_of
from samestack.oci.documents import (
    CONFIG,
    LAYER_GZIP,
    LAYER_TAR,
    MAX_DOCUMENT_BYTES,
    MAX_LAYERS,
    Descriptor,
    ImageConfig,
    Manifest,
    read_document,
)
from samestack.oci.layout.files import read

MANIFEST_FILE: Final = "manifest.json"

_MAX_IMAGES: Final = 100
_GZIP: Final = b"\x1f\x8b"


class DockerEntry(Struct, frozen=True, kw_only=True, rename="pascal"):
    """One image of such an archive: names of files in it, and what the image is called."""

    config: str
    repo_tags: tuple[str, ...] | None = None
    layers: tuple[str, ...]


def docker_source(files: ArchiveFiles) -> AssembledSource:
    """The images of such an archive. Its layers are mostly uncompressed, and then their digests are known."""
    entries = _entries(files)
    layers: dict[str, str] = {}
    images = tuple(_assembled(files, entry, layers) for entry in entries)
    openers = {digest: partial(files.open, name) for digest, name in layers.items()}
    return AssembledSource(images, openers, files.shown())


def _entries(files: ArchiveFiles) -> tuple[DockerEntry, ...]:
    where = f"{files.shown()}: {MANIFEST_FILE}"
    try:
        entries = msgspec.json.decode(
            read(files, MANIFEST_FILE, MAX_DOCUMENT_BYTES), type=tuple[DockerEntry, ...]
        )
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(where, f"it does not list images: {error}") from None
    if len(entries) > _MAX_IMAGES or any(len(one.layers) > MAX_LAYERS for one in entries):
        raise InputError(where, f"more than {_MAX_IMAGES} images or {MAX_LAYERS} layers are not read")
    return entries


def _assembled(files: ArchiveFiles, entry: DockerEntry, layers: dict[str, str]) -> Assembled:
    data = read(files, entry.config, MAX_DOCUMENT_BYTES)
    config = read_document(data, ImageConfig, where=f"{files.shown()}: {entry.config}")
    if len(config.rootfs.diff_ids) != len(entry.layers):
        raise InputError(files.shown(), "it has other layers than its configuration", place=entry.config)
    descriptors = tuple(map(partial(_layer, files), entry.layers, config.rootfs.diff_ids))
    layers.update(zip((one.digest for one in descriptors), entry.layers, strict=True))
    manifest = Manifest(
        schema_version=2,
        config=Descriptor(media_type=CONFIG, digest=digest_of(data), size=len(data)),
        layers=descriptors,
    )
    return Assembled(manifest=manifest, config=data, names=entry.repo_tags or ())


def _layer(files: ArchiveFiles, name: str, diff_id: str) -> Descriptor:
    size = files.size_of(name)
    with files.open(name) as file:
        if file.read(len(_GZIP)) != _GZIP:
            return _described(LAYER_TAR, diff_id, size, files.shown())
    return _described(LAYER_GZIP, files.digest_of(name), size, files.shown())


def _described(media_type: str, digest: str, size: int, where: str) -> Descriptor:
    try:
        return Descriptor(media_type=media_type, digest=digest, size=size)
    except ValueError as error:
        raise InputError(where, str(error), place=digest) from None
