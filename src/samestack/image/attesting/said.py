"""What an image says of itself, in its labels and the annotations of its manifest and layers."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from samestack.errors import RequestError
from samestack.image.building.config import LOCK_DIGEST
from samestack.image.building.parts import KIND, PACKAGES
from samestack.oci.image_name import ImageName
from samestack.oci.places import Image

STANDARD: Final = "org.opencontainers.image."

_WHEEL: Final = re.compile(r"([a-z0-9-]{1,200})==([A-Za-z0-9.!+_-]{1,200}) sha256:([0-9a-f]{64})")


class Wheel(Struct, frozen=True, order=True):
    """A wheel that an image was put together of."""

    name: str
    version: str
    sha256: str
    """64 hexadecimal digits."""


def said_of(image: Image) -> Mapping[str, str]:
    """Labels and annotations; where both have a key, the annotation."""
    return {**(image.config.config.labels or {}), **image.manifest.annotations}


def wheels_in(image: Image) -> tuple[Wheel, ...]:
    """The wheels that the layers say they hold, sorted."""
    return tuple(sorted({wheel for layer in image.manifest.layers for wheel in _wheels(layer.annotations)}))


def is_built_here(image: Image) -> bool:
    """Whether samestack says that it put the image together."""
    is_layered = any(KIND in layer.annotations for layer in image.manifest.layers)
    return is_layered and bool(said_of(image).get(LOCK_DIGEST))


def subject_name(image: Image) -> str:
    """What an image is called, without tag and digest: its place in a registry, else its title."""
    name = image.source.shown().removeprefix("registry:")
    try:
        parsed = ImageName.parse(name)
    except RequestError:
        return said_of(image).get(f"{STANDARD}title") or "image"
    return f"{parsed.host}/{parsed.repository}"


def _wheels(annotations: Mapping[str, str]) -> Iterator[Wheel]:
    """What is not written as it should be names no wheel."""
    for text in annotations.get(PACKAGES, "").split(", "):
        if match := _WHEEL.fullmatch(text):
            yield Wheel(match[1], match[2], match[3])
