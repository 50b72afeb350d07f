"""An image held against its lock, file by file; of an image of ours, also layer by layer."""

from msgspec import Struct, structs

from samestack.capture.image_tree import ImageTree
from samestack.image.building.base_facts import facts_of
from samestack.image.building.locked_wheels import LockedWheel, locked_wheels
from samestack.image.building.target import GLIBC, Target
from samestack.image.building.venv import ImagePython
from samestack.image.building.wheel_files import WheelFiles
from samestack.image.settings import ImageSettings
from samestack.image.verifying.environment_place import EnvironmentPlace, environment_in
from samestack.image.verifying.expected import ExpectedPackage, expected_package
from samestack.image.verifying.holding import held_against
from samestack.image.verifying.own_layers import Remaking, is_own, remade_layers
from samestack.image.verifying.verification import Verification
from samestack.image.wheels.archive import read_wheel
from samestack.lock.decision import Lock
from samestack.oci.layers.merged import merged
from samestack.oci.places import Image
from samestack.progress import SILENT, Reporter


class Terms(Struct, frozen=True, kw_only=True):
    """How an image is held against a lock."""

    lock: Lock
    python: str
    """The series of Python."""
    settings: ImageSettings = ImageSettings()
    prefix: str = ""
    """Where the environment is; empty for where the settings say, or where it is found."""


def verify(image: Image, terms: Terms, wheels: WheelFiles, reporter: Reporter = SILENT) -> Verification:
    """Hold an image against a lock; wheels that are not here are fetched.

    :class:`~samestack.errors.RequestError` for an image without an environment for the lock's Python,
    :class:`~samestack.errors.InputError` for layers or wheels that cannot be trusted.
    """
    with merged(image, reporter) as files:
        facts = facts_of(ImageTree(files), terms.python)
        target = Target(platform=image.platform, python=terms.python, glibc=facts.glibc or GLIBC)
        locked = locked_wheels(terms.lock, target)
        place = environment_in(
            files,
            terms.python,
            [one.name for one in locked],
            prefix=terms.prefix,
            usual=terms.settings.prefix,
        )
        expected = _expected(locked, place, wheels, reporter)
        verification = held_against(image, terms.lock, expected, files, place)
    if not is_own(image):
        return verification
    remaking = Remaking(
        lock=terms.lock,
        wheels=locked,
        files=wheels,
        python=facts.python or _assumed(terms.python),
        series=terms.python,
        prefix=f"/{place.root}",
    )
    return _with_layers(verification, image, remaking, reporter)


def _expected(
    locked: tuple[LockedWheel, ...], place: EnvironmentPlace, wheels: WheelFiles, reporter: Reporter
) -> tuple[ExpectedPackage, ...]:
    paths = wheels.get(locked, reporter)
    reporter.started("reading wheels", len(locked))
    found = []
    for one in locked:
        found.append(expected_package(read_wheel(paths[one.sha256], sha256=one.sha256), place))
        reporter.advanced(one.file)
    reporter.finished()
    return tuple(found)


def _with_layers(
    verification: Verification, image: Image, remaking: Remaking, reporter: Reporter
) -> Verification:
    remade = remade_layers(image, remaking, reporter)
    said = f"Layers that do not follow from the lock alone were not made again: {', '.join(remade.others)}."
    return structs.replace(
        verification,
        layers=remade.compared,
        deviations=(*verification.deviations, *remade.deviations),
        notes=(*verification.notes, *((said,) if remade.others else ())),
    )


def _assumed(series: str) -> ImagePython:
    """The interpreter that the layers alone are made for, when they are to be laid over any base."""
    return ImagePython(executable=f"/usr/bin/python{series}", version=series)
