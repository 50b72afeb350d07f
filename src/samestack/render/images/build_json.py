"""A built image as JSON for programs, schema ``samestack/image-build/1``."""

from typing import Final, Literal

from msgspec import Struct

from samestack.codec import encode
from samestack.image.building.request import Built, BuiltImage, BuiltLayer

BUILD_SCHEMA: Final = "samestack/image-build/1"
"""The schema that is written."""


class LayerDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One layer, from the lowest."""

    kind: str
    """``base``, ``python``, ``venv``, ``wheel``, ``wheels``, ``bytecode``, ``model`` or ``application``."""
    title: str
    digest: str
    size: int
    """Bytes, compressed."""
    was_written: bool
    """Written now, and not found in a cache or an earlier image."""
    was_moved: bool
    """Moved to where the image is, and not there already."""


class ImageDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The image for one platform."""

    platform: str
    digest: str
    """Of its manifest."""
    layers: tuple[LayerDocument, ...]


class BuildDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An image that was built."""

    schema: Literal["samestack/image-build/1"]
    output: str
    """Where it is, as the user named it."""
    digest: str
    """What names it for ever: of the manifest, or of the index of several platforms."""
    images: tuple[ImageDocument, ...]
    remarks: tuple[str, ...]


def encode_build(built: Built) -> bytes:
    """What was built as indented JSON, ending with a line break."""
    return encode(
        BuildDocument(
            schema=BUILD_SCHEMA,
            output=built.output,
            digest=built.descriptor.digest,
            images=tuple(map(_image, built.images)),
            remarks=built.remarks,
        )
    )


def _image(image: BuiltImage) -> ImageDocument:
    return ImageDocument(
        platform=str(image.platform),
        digest=image.descriptor.digest,
        layers=tuple(map(_layer, image.layers)),
    )


def _layer(layer: BuiltLayer) -> LayerDocument:
    return LayerDocument(
        kind=layer.kind,
        title=layer.title,
        digest=layer.digest,
        size=layer.size,
        was_written=layer.was_written,
        was_moved=layer.was_moved,
    )
