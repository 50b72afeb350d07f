"""What a whole image holds, as a snapshot that is the same whenever and wherever it is taken."""

import time
from collections.abc import Mapping

from msgspec import structs

from samestack import __version__
from samestack.capture.assembly import assembled
from samestack.capture.options import Options
from samestack.capture.readers.images.layers import read_layers
from samestack.image.attesting.said import subject_name, wheels_in
from samestack.model import STACK_LAYERS, Component, Ecosystem, Kind, Layer, Origin, Snapshot, Stack, Standing
from samestack.oci.places import Image
from samestack.progress import SILENT, Reporter

_PREFIX_VARIABLE = "VIRTUAL_ENV="


def material_of(image: Image, reporter: Reporter = SILENT) -> Snapshot:
    """What is in the layers of an image, under its digest and its time, with the hashes of its wheels."""
    snapshot = assembled(_origin(image), read_layers(image, Options(reporter=reporter)))
    hashes = {(one.name, one.version): f"sha256:{one.sha256}" for one in wheels_in(image)}
    prefix = _prefix(image)
    stack = Stack.of(_with_hash(one, hashes, prefix) for one in snapshot.stack)
    return structs.replace(snapshot, stack=stack)


def _origin(image: Image) -> Origin:
    """Of an image that does not say when it was made, the time is now."""
    return Origin(
        reference=f"{subject_name(image)}@{image.descriptor.digest}",
        kind=Kind.IMAGE,
        standing=Standing.OBSERVED,
        captured_at=image.config.created or time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        captured_by=f"samestack {__version__}",
        complete=STACK_LAYERS,
    )


def _with_hash(component: Component, hashes: Mapping[tuple[str, str], str], prefix: str) -> Component:
    found = hashes.get((component.name, component.version or ""))
    is_package = component.layer is Layer.PACKAGES and component.ecosystem is Ecosystem.PYPI
    if found is None or not is_package or not _is_below(component.at, prefix):
        return component
    return structs.replace(component, facts={**component.facts, "hashes": (found,)})


def _is_below(at: str, prefix: str) -> bool:
    """Only one of several Pythons in an image has the wheels; an only one is not named."""
    return not at or not prefix or f"{at}/".startswith(f"{prefix}/")


def _prefix(image: Image) -> str:
    settings = (one for one in image.config.config.env if one.startswith(_PREFIX_VARIABLE))
    return next(settings, "").removeprefix(_PREFIX_VARIABLE).rstrip("/")
