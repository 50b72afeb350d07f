"""From a tag or a digest to an image: its manifest and its configuration, for one platform or for each."""

import os
from collections.abc import Iterator
from typing import Final

from samestack.errors import InputError, RequestError
from samestack.oci.digests import is_digest
from samestack.oci.documents import (
    CONFIG,
    DOCKER_CONFIG,
    INDEXES,
    MANIFESTS,
    MAX_LAYERS,
    Descriptor,
    ImageConfig,
    Index,
    Manifest,
    read_document,
)
from samestack.oci.places import Image, Source
from samestack.oci.platform import Platform

_MACHINES: Final = {"x86_64": "amd64", "aarch64": "arm64"}
_MAX_PLATFORMS: Final = 100
_MAX_DEPTH: Final = 3
"""Indexes list indexes, but real ones not more than once."""


def image_of(source: Source, version: str, platform: Platform | None = None) -> Image:
    """The image of a tag or digest for a platform; without one, the only one or this machine's.

    :class:`RequestError` where there is none for it, naming the platforms that there are;
    :class:`~samestack.errors.InputError` for documents that are no image's.
    """
    images = images_of(source, version)
    wanted = platform or (machine_platform() if len(images) > 1 else images[0].platform)
    found = [image for image in images if image.platform.serves(wanted)]
    if not found:
        there = ", ".join(sorted(str(image.platform) for image in images))
        raise RequestError(f"{images[0].shown}: it is not for {wanted}", hint=f"it is for {there}")
    return found[0]


def images_of(source: Source, version: str) -> tuple[Image, ...]:
    """The images of a tag or digest, one for each platform, in the order of their index."""
    descriptor = source.described(version)
    shown = _shown(source, version)
    images = tuple(_image(source, one, shown) for one in _manifests(source, descriptor, shown))
    if not images:
        raise InputError(shown, "it holds no image that could run", place=descriptor.digest)
    return images


def machine_platform() -> Platform:
    """The platform that containers on this machine are for."""
    machine = os.uname().machine
    return Platform(os="linux", architecture=_MACHINES.get(machine, machine))


def _manifests(source: Source, descriptor: Descriptor, shown: str, depth: int = 0) -> Iterator[Descriptor]:
    if descriptor.media_type in MANIFESTS:
        yield descriptor
    elif descriptor.media_type not in INDEXES:
        raise InputError(shown, f"a '{descriptor.media_type}' is no image", place=descriptor.digest)
    elif depth == _MAX_DEPTH:
        raise InputError(shown, "its indexes are nested too deeply", place=descriptor.digest)
    else:
        index = read_document(source.document(descriptor), Index, where=f"{shown}: {descriptor.digest}")
        if len(index.manifests) > _MAX_PLATFORMS:
            raise InputError(shown, f"it lists more than {_MAX_PLATFORMS} manifests", place=descriptor.digest)
        for one in filter(_is_for_machines, index.manifests):
            yield from _manifests(source, one, shown, depth + 1)


def _is_for_machines(descriptor: Descriptor) -> bool:
    """BuildKit lists attestations among the platforms, for one that is called unknown."""
    return not descriptor.artifact_type and (
        descriptor.platform is None or descriptor.platform.os != "unknown"
    )


def _image(source: Source, descriptor: Descriptor, shown: str) -> Image:
    where = f"{shown}: {descriptor.digest}"
    manifest = read_document(source.document(descriptor), Manifest, where=where)
    if manifest.config.media_type not in (CONFIG, DOCKER_CONFIG):
        raise InputError(where, f"it is an artifact of '{manifest.config.media_type}' and no image")
    config = read_document(
        source.document(manifest.config), ImageConfig, where=f"{shown}: {manifest.config.digest}"
    )
    _check_layers(manifest, config, where)
    return Image(shown=shown, descriptor=descriptor, manifest=manifest, config=config, source=source)


def _check_layers(manifest: Manifest, config: ImageConfig, where: str) -> None:
    layers, diff_ids = len(manifest.layers), config.rootfs.diff_ids
    if layers > MAX_LAYERS:
        raise InputError(where, f"it has {layers} layers, and more than {MAX_LAYERS} are not read")
    if layers != len(diff_ids) or not all(map(is_digest, diff_ids)):
        raise InputError(where, f"its {layers} layers are not the {len(diff_ids)} of its configuration")


def _shown(source: Source, version: str) -> str:
    mark = "@" if is_digest(version) else ":"
    return f"{source.shown()}{mark}{version}" if version else source.shown()
