"""What a build of another lock would move, foretold by the plan for it, or by the layers that there are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from samestack.image.building.locked_wheels import LockedWheel
from samestack.image.building.parts import KEY, KIND
from samestack.image.building.plan import PackageLayer, package_layers
from samestack.image.settings import MOST_IN_ALL, ImageSettings
from samestack.image.sizes.movement import MovedLayer, Movement, PackageChange, changes_between
from samestack.image.sizes.package_labels import packages_in
from samestack.image.sizes.sizes import OwnerKind, Sizes
from samestack.oci.places import Image

_OF_PACKAGES: Final = ("wheel", "wheels")


def planned_movement(
    image: Image, wheels: Sequence[LockedWheel], settings: ImageSettings, *, python: str, against: str
) -> Movement:
    """Of an image that samestack made: the layers of packages that its plan for the wheels has anew.

    A layer is about as large as its wheels are, since these are taken over as they are.
    """
    kept = [layer for layer in image.manifest.layers if layer.annotations.get(KIND) not in _OF_PACKAGES]
    there = {layer.annotations.get(KEY): layer.size for layer in image.manifest.layers}
    changes = changes_between(packages_in(image), {one.name: one.version for one in wheels})
    plan = package_layers(wheels, max(min(settings.layers, MOST_IN_ALL - len(kept)), 1))
    keys = {one.key(python, settings.prefix): one for one in plan}
    return Movement(
        against=against,
        is_exact=False,
        moved=tuple(_moved(layer, changes) for key, layer in keys.items() if key not in there),
        kept=sum(layer.size for layer in kept) + sum(there.get(key, 0) for key in keys),
        changes=changes,
    )


def _moved(layer: PackageLayer, changes: Sequence[PackageChange]) -> MovedLayer:
    names = {one.name for one in layer.wheels}
    changed = ", ".join(one.name for one in changes if one.name in names)
    return MovedLayer(
        title=", ".join(f"{one.name}=={one.version}" for one in layer.wheels),
        moved=sum(one.size for one in layer.wheels),
        why=f"{changed} changes" if changed else "it has other packages",
    )


def rebuilt_movement(
    sizes: Sizes, installed: Mapping[str, str], wheels: Sequence[LockedWheel], *, against: str
) -> Movement:
    """Of any other image: the lowest layer with a package that changes, and all above it, as they are now.

    Whatever builds from a Dockerfile makes these again.
    """
    changes = changes_between(installed, {one.name: one.version for one in wheels})
    lowest = min(_changed_layers(sizes, changes, installed), default=0)
    again = [one for one in sizes.layers if lowest and one.number >= lowest]
    return Movement(
        against=against,
        is_exact=False,
        moved=tuple(
            MovedLayer(
                title=one.title,
                moved=one.moved,
                why="it has a package that changes"
                if one.number == lowest
                else "it lies above one that changes",
            )
            for one in again
        ),
        kept=sum(one.moved for one in sizes.layers if one not in again),
        changes=changes,
    )


def _changed_layers(
    sizes: Sizes, changes: Sequence[PackageChange], installed: Mapping[str, str]
) -> Iterator[int]:
    """The layers with what changes; what is new comes where the other packages are."""
    leaving = {one.name for one in changes if one.before}
    is_growing = any(not one.before for one in changes)
    for share in sizes.shares:
        if share.owner.kind is OwnerKind.PYTHON and (
            share.owner.name in leaving or (is_growing and share.owner.name in installed)
        ):
            yield share.layer
