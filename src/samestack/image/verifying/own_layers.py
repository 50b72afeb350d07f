"""The layers of an image of ours made again from the lock, and held against what the image has.

Only those that follow from the lock alone: the environment, the wheels, and packages of Debian. The archives
are compared, not how they are compressed: that cannot change what is in a container.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from typing import Final

from msgspec import Struct

from samestack.image.building.debian_layers import locked_debian
from samestack.image.building.locked_wheels import LockedWheel
from samestack.image.building.parts import KEY, KIND, MOMENT, PACKAGES
from samestack.image.building.venv import ImagePython, venv_entries
from samestack.image.building.wheel_files import WheelFiles
from samestack.image.debian.base import BaseLayer, DebianBase, base_layers, debian_base
from samestack.image.layers.entry import LayerEntry
from samestack.image.layers.writing import write_layer
from samestack.image.verifying.verification import Deviation, DeviationKind
from samestack.image.wheels.archive import read_wheel
from samestack.image.wheels.installing import placed
from samestack.lock.decision import Lock
from samestack.oci.documents import Descriptor
from samestack.oci.places import Image
from samestack.progress import Reporter

_ENVIRONMENT: Final = "venv"
_PACKAGES: Final = ("wheel", "wheels")

Entries = Callable[[], Iterable[LayerEntry]]
"""What a layer has to hold."""


class Remaking(Struct, frozen=True, kw_only=True):
    """What layers are made again from."""

    lock: Lock
    wheels: tuple[LockedWheel, ...]
    files: WheelFiles
    python: ImagePython
    """The interpreter that the environment is of."""
    series: str
    prefix: str


class RemadeLayers(Struct, frozen=True, kw_only=True):
    """What came of it."""

    compared: int
    deviations: tuple[Deviation, ...]
    others: tuple[str, ...]
    """What the layers are that do not follow from the lock alone, by their kinds."""


def is_own(image: Image) -> bool:
    """Whether samestack made the image, as it says itself."""
    return any(KEY in layer.annotations for layer in image.manifest.layers)


def remade_layers(image: Image, remaking: Remaking, reporter: Reporter) -> RemadeLayers:
    """Make every layer again that follows from the lock, without keeping it, and compare."""
    with ExitStack() as opened:
        debian = _debian_layers(image, remaking, reporter, opened)
        made = [_entries(layer, remaking, debian) for layer in image.manifest.layers]
        reporter.started("making layers again", len(made))
        deviations = tuple(_compared(image, made, reporter))
        reporter.finished()
    others = [layer for layer, entries in zip(image.manifest.layers, made, strict=True) if entries is None]
    return RemadeLayers(
        compared=len(made) - len(others),
        deviations=deviations,
        others=tuple(dict.fromkeys(layer.annotations.get(KIND, "unknown") for layer in others)),
    )


def _entries(layer: Descriptor, remaking: Remaking, debian: Mapping[str, Entries]) -> Entries | None:
    """What the layer has to hold; ``None`` for one that does not follow from the lock alone."""
    kind = layer.annotations.get(KIND, "")
    if kind == _ENVIRONMENT:
        return lambda: venv_entries(remaking.prefix, remaking.python)
    if kind in _PACKAGES:
        return lambda: _placed(layer.annotations.get(PACKAGES, ""), remaking)
    return debian.get(layer.annotations.get(KEY, ""))


def _placed(labels: str, remaking: Remaking) -> Iterator[LayerEntry]:
    """Of the wheels that the layer is said to have, those that the lock has."""
    said = set(labels.split(", "))
    for one in remaking.wheels:
        if one.label in said:
            wheel = read_wheel(remaking.files.one(one), sha256=one.sha256)
            yield from placed(wheel, remaking.prefix, remaking.series)


def _debian_layers(
    image: Image, remaking: Remaking, reporter: Reporter, opened: ExitStack
) -> Mapping[str, Entries]:
    """By their keys, the layers of the packages that the lock has."""
    locked = locked_debian(remaking.lock)
    if locked is None:
        return {}
    architecture = image.platform.architecture
    base = opened.enter_context(debian_base(locked, architecture, environment=os.environ, reporter=reporter))
    return {layer.key: _debian_entries(layer, base) for layer in base_layers(locked.of(architecture))}


def _debian_entries(layer: BaseLayer, base: DebianBase) -> Entries:
    return lambda: base.entries(layer)


def _compared(image: Image, made: Iterable[Entries | None], reporter: Reporter) -> Iterator[Deviation]:
    layers = zip(image.manifest.layers, image.config.rootfs.diff_ids, made, strict=True)
    for number, (layer, diff_id, entries) in enumerate(layers, 1):
        if entries is None:
            continue
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - it is no file of anybody's
            written = write_layer(entries(), nowhere, moment=MOMENT)
        reporter.advanced(f"layer {number}")
        if written.diff_id != diff_id:
            yield Deviation(
                kind=DeviationKind.OTHER_LAYER,
                subject=layer.digest,
                detail=f"the lock makes {written.diff_id} of it, and it is {diff_id}",
                layer=number,
            )
