"""The layers of an image for one platform: found or written, and sent on their way."""

from collections.abc import Iterable

from msgspec import Struct

from samestack.image.building.assembling import Assembled, assembled
from samestack.image.building.finding import Layers, made_ready
from samestack.image.building.locked_wheels import LockedWheel
from samestack.image.building.overlaps import refuse_overlaps
from samestack.image.building.parts import Part, Ready
from samestack.image.building.previous_images import previous_images
from samestack.image.building.request import BuildRequest
from samestack.image.building.workshop import Workshop
from samestack.oci.platform import Platform


class Made(Struct, frozen=True, kw_only=True):
    """An image for one platform, whose layers are there or on their way."""

    platform: Platform
    what: Assembled
    layers: tuple[Ready, ...]
    """From the lowest."""


def made(request: BuildRequest, platform: Platform, workshop: Workshop) -> Made:
    """Have all layers ready, the large ones under way while others are written."""
    earlier = previous_images(request, platform, workshop.output)
    what = assembled(request, platform, earlier, workshop)
    layers = Layers(cache=workshop.cache, previous=earlier)

    def prepare(parts: Iterable[Part]) -> None:
        workshop.files.begin(_wheels_in(parts, what.wheels))

    ready = {}
    for place, layer in made_ready(what.parts, layers, prepare, workshop.reporter):
        ready[place] = layer
        workshop.sending.send(layer.blob)
    if any(layer.is_new for layer in ready.values()):  # others were held against each other before
        refuse_overlaps(what.wheels, workshop.files.here(what.wheels), request)
    return Made(platform=platform, what=what, layers=tuple(ready[place] for place in sorted(ready)))


def _wheels_in(parts: Iterable[Part], wheels: Iterable[LockedWheel]) -> list[LockedWheel]:
    wanted = " ".join(part.packages for part in parts)
    return [one for one in wheels if one.sha256 in wanted]
