"""What a change to another image, or to another lock, would move."""

import os
from collections.abc import Iterable, Mapping

from msgspec import structs

from samestack.capture.image_tree import ImageTree
from samestack.compare.releases import SEEDS
from samestack.image.building.base_facts import facts_of
from samestack.image.building.locked_wheels import LockedWheel, locked_wheels
from samestack.image.building.target import GLIBC, Target
from samestack.image.building.wheel_files import WheelFiles
from samestack.image.sizes.explaining import layer_sizes
from samestack.image.sizes.lock_movement import planned_movement, rebuilt_movement
from samestack.image.sizes.movement import Movement, between_layers, changes_between
from samestack.image.sizes.package_labels import packages_in, wheel_sizes
from samestack.image.sizes.sizes import Sizes
from samestack.image.verifying.environment_place import environment_in
from samestack.image.verifying.installed import installed_packages
from samestack.image.verifying.own_layers import is_own
from samestack.image.verifying.verifying import Terms
from samestack.lock.selecting import local_projects
from samestack.oci.layers.merged import MergedFiles
from samestack.oci.places import Image
from samestack.progress import Reporter


def movement_to_image(before: Image, after: Image) -> Movement:
    """From one image to another, by their manifests alone: no layer is read."""
    old, new = packages_in(before), packages_in(after)
    changes = changes_between(old, new) if old and new else ()
    return between_layers(layer_sizes(before), layer_sizes(after), after.shown, changes)


def movement_to_lock(
    image: Image, files: MergedFiles, sizes: Sizes, terms: Terms, reporter: Reporter
) -> Movement:
    """From an image to what would be built of a lock; errors as from :func:`~.verifying.verify`."""
    facts = facts_of(ImageTree(files), terms.python)
    target = Target(platform=image.platform, python=terms.python, glibc=facts.glibc or GLIBC)
    wheels = _sized(locked_wheels(terms.lock, target), wheel_sizes(image), reporter)
    against = str(terms.lock.path)
    if is_own(image):
        return planned_movement(image, wheels, terms.settings, python=terms.python, against=against)
    names = [one.name for one in wheels]
    place = environment_in(files, terms.python, names, prefix=terms.prefix, usual=terms.settings.prefix)
    undecided = (SEEDS | local_projects(terms.lock.snapshot.stack)) - frozenset(names)
    there = installed_packages(files, place)
    installed = {one.name: one.version for one in there if one.name not in undecided}
    return rebuilt_movement(sizes, installed, wheels, against=against)


def _sized(
    wheels: Iterable[LockedWheel], known: Mapping[str, int], reporter: Reporter
) -> tuple[LockedWheel, ...]:
    """With their sizes; a wheel whose size nobody says has to be here, or is fetched."""
    told = [one if one.size else structs.replace(one, size=known.get(one.sha256, 0)) for one in wheels]
    unknown = [one for one in told if not one.size]
    if not unknown:
        return tuple(told)
    with WheelFiles(os.environ) as files:
        found = files.get(unknown, reporter)
    return tuple(
        one if one.size else structs.replace(one, size=found[one.sha256].stat().st_size) for one in told
    )
