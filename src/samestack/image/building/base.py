"""What lies below the layers of a project: nothing, an image from anywhere, or packages of Debian."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from msgspec import Struct

from samestack.image.building.compressing import compressing
from samestack.image.building.parts import DIFF_ID, KIND, Part, Ready
from samestack.image.building.plan import layer_key
from samestack.image.building.venv import ImagePython
from samestack.image.layers.compression import compressor
from samestack.oci.documents import (
    DOCKER_LAYER,
    LAYER_GZIP,
    LAYER_TAR,
    LAYER_ZSTD,
    Descriptor,
    History,
    ImageConfig,
    RootFilesystem,
)
from samestack.oci.places import Blob, Image
from samestack.oci.platform import Platform

SCRATCH: Final = "scratch"
DEBIAN: Final = "debian:"
_KINDS: Final = {
    DOCKER_LAYER: LAYER_GZIP,
    "application/vnd.docker.image.rootfs.diff.tar": LAYER_TAR,
    "application/vnd.docker.image.rootfs.diff.tar.zstd": LAYER_ZSTD,
}
"""Docker's names for what the specification of OCI calls otherwise: the bytes are the same."""


class Base(Struct, frozen=True, kw_only=True):
    """The layers below, and what is known of them."""

    config: ImageConfig
    layers: tuple[Part | Ready, ...] = ()
    name: str = ""
    """For people elsewhere: never a path of this machine."""
    digest: str = ""
    """Of its manifest."""
    python: ImagePython | None = None
    """The interpreter in it for the series that is wanted."""
    glibc: tuple[int, int] | None = None
    remarks: tuple[str, ...] = ()


def scratch(platform: Platform) -> Base:
    """Nothing at all: the layers alone."""
    config = ImageConfig(
        architecture=platform.architecture,
        os=platform.os,
        variant=platform.variant,
        rootfs=RootFilesystem(diff_ids=()),
    )
    return Base(config=config)


def image_layers(image: Image, *, repository: str = "") -> tuple[Part | Ready, ...]:
    """The layers of an image as the lowest of another; ``repository`` is where a registry has them."""
    histories = _histories(image.config)
    layers = zip(image.manifest.layers, image.config.rootfs.diff_ids, strict=True)
    return tuple(_layer(image, *layer, next(histories, History()), repository) for layer in layers)


def _layer(image: Image, layer: Descriptor, diff_id: str, history: History, repository: str) -> Part | Ready:
    def opened() -> BinaryIO:
        return image.source.blob(layer)

    kind = _KINDS.get(layer.media_type, layer.media_type)
    if kind == LAYER_TAR:
        key = layer_key("compressed", diff_id, compressor())
        write = compressing(opened, diff_id, where=image.shown)
        return Part(kind="base", title="base", key=key, write=write, history=history)
    descriptor = Descriptor(
        media_type=kind,
        digest=layer.digest,
        size=layer.size,
        annotations={KIND: "base", DIFF_ID: diff_id},
    )
    blob = Blob(descriptor=descriptor, open=opened, origin=repository)
    return Ready(blob=blob, diff_id=diff_id, title="base", history=history)


def _histories(config: ImageConfig) -> Iterator[History]:
    return (one for one in config.history if not one.empty_layer)
