"""All parts of an image for one platform, from the lowest layer."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct, structs

from samestack.errors import RequestError
from samestack.image.building.base import Base
from samestack.image.building.bases import open_base
from samestack.image.building.bytecode import bytecode_parts
from samestack.image.building.interpreter import FROM_BASE, image_python, python_libraries
from samestack.image.building.locked_wheels import LockedWheel, locked_wheels
from samestack.image.building.packages import package_part
from samestack.image.building.parts import Part, Ready
from samestack.image.building.plan import package_layers
from samestack.image.building.previous import Previous
from samestack.image.building.project_parts import application_part, model_parts
from samestack.image.building.request import BuildRequest
from samestack.image.building.target import GLIBC, Target
from samestack.image.building.venv import venv_part
from samestack.image.building.wanted_base import WantedBase
from samestack.image.building.wheel_files import WheelFiles
from samestack.image.building.workshop import Workshop
from samestack.image.settings import MOST_IN_ALL
from samestack.oci.platform import Platform

_SHOWN: Final = 5


class Assembled(Struct, frozen=True, kw_only=True):
    """What an image is to be put together of."""

    base: Base
    wheels: tuple[LockedWheel, ...]
    parts: tuple[Part | Ready, ...]
    remarks: tuple[str, ...] = ()


def assembled(
    request: BuildRequest, platform: Platform, earlier: tuple[Previous, ...], workshop: Workshop
) -> Assembled:
    """The parts; nothing is written yet, and nothing fetched that ``earlier`` images tell."""
    settings = request.settings
    base = open_base(_wanted(request, platform, earlier, workshop), workshop.reporter, workshop.opened)
    brought = image_python(base, settings, request.python)
    wheels = _wheels(request, base, earlier, workshop)
    lowest = (*base.layers, *brought.parts, venv_part(settings.prefix, brought.python))
    above, noticed = _above(request, platform, wheels, workshop.files)
    layers = package_layers(wheels, _budget(request, len(lowest) + len(above)))
    packages = (package_part(one, request, workshop.files) for one in layers)
    return Assembled(
        base=base,
        wheels=wheels,
        parts=(*lowest, *packages, *above),
        remarks=(*base.remarks, *brought.remarks, *noticed),
    )


def _wheels(
    request: BuildRequest, base: Base, earlier: tuple[Previous, ...], workshop: Workshop
) -> tuple[LockedWheel, ...]:
    platform = base.config.platform
    target = Target(platform=platform, python=request.python, glibc=base.glibc or GLIBC)
    sizes = dict(size for one in earlier for size in one.wheel_sizes())
    return _sized(locked_wheels(request.lock, target), sizes, workshop)


def _above(
    request: BuildRequest, platform: Platform, wheels: tuple[LockedWheel, ...], files: WheelFiles
) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """What lies on the packages, the project's files at the top since every commit changes them."""
    application, chosen = application_part(request.project, request.settings, request.python)
    compiled, untried = bytecode_parts(request, platform, wheels, application, files)
    models = model_parts(request.project, request.settings)
    return (*compiled, *models, application), (*untried, *_of_secrets(chosen.secrets))


def _wanted(
    request: BuildRequest, platform: Platform, earlier: tuple[Previous, ...], workshop: Workshop
) -> WantedBase:
    name = workshop.output.name
    return WantedBase(
        text=request.settings.base,
        platform=platform,
        python=request.python,
        system_packages=request.project.manifest.system_packages or request.lock.table.system_packages,
        needs_python=request.settings.python in FROM_BASE,
        libraries=python_libraries(request.settings, request.python, platform),
        lock=request.lock,
        environment=request.environment,
        host="" if name is None else name.host,
        known=tuple(one.annotations for one in earlier),
    )


def _sized(
    wheels: tuple[LockedWheel, ...], sizes: Mapping[str, int], workshop: Workshop
) -> tuple[LockedWheel, ...]:
    """The same with their sizes, which order them: one that nobody tells costs a download."""
    told = [one if one.size else structs.replace(one, size=sizes.get(one.sha256, 0)) for one in wheels]
    found = workshop.files.get([one for one in told if not one.size], workshop.reporter)
    return tuple(
        one if one.size else structs.replace(one, size=found[one.sha256].stat().st_size) for one in told
    )


def _budget(request: BuildRequest, others: int) -> int:
    """How many layers are left for packages."""
    left = min(request.settings.layers, MOST_IN_ALL - others)
    if left < 1:
        hint = f"take a base of fewer layers, or name fewer models: {MOST_IN_ALL} are all that engines run"
        raise RequestError(f"{others} layers leave no room for packages", hint=hint)
    return left


def _of_secrets(paths: tuple[str, ...]) -> Iterator[str]:
    if paths:
        shown = ", ".join(paths[:_SHOWN]) + (", ..." if len(paths) > _SHOWN else "")
        yield f"left out, since they are named as secrets are: {shown}"
