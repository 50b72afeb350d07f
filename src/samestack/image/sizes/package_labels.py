"""Which packages the layers of an image of ours have, as its manifest says it."""

from collections.abc import Iterator

from samestack.image.building.parts import PACKAGES, SIZES
from samestack.oci.documents import Descriptor
from samestack.oci.places import Image


def packages_of(layer: Descriptor) -> Iterator[tuple[str, str]]:
    """Names and versions of the packages in a layer."""
    for label in layer.annotations.get(PACKAGES, "").split(", "):
        name, equals, version = label.partition(" ")[0].partition("==")
        if equals:
            yield name, version


def packages_in(image: Image) -> dict[str, str]:
    """Versions by name; nothing where another tool made the image."""
    return {name: version for layer in image.manifest.layers for name, version in packages_of(layer)}


def wheel_sizes(image: Image) -> dict[str, int]:
    """How large the wheels of an image were, by their SHA-256."""
    found: dict[str, int] = {}
    for layer in image.manifest.layers:
        labels = layer.annotations.get(PACKAGES, "").split(", ")
        sizes = layer.annotations.get(SIZES, "").split(", ")
        found.update(
            (label.rpartition("sha256:")[2], int(size))
            for label, size in zip(labels, sizes, strict=False)
            if size.isdecimal()
        )
    return found
