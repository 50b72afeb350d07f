"""Which Python the environment of an image is of."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from samestack.errors import RequestError
from samestack.image.building.base import DEBIAN, SCRATCH, Base
from samestack.image.building.parts import Part
from samestack.image.building.python_needs import PythonNeeds
from samestack.image.building.venv import ImagePython
from samestack.image.settings import PLACE, ImageSettings
from samestack.knowledge.library_packages import library_package
from samestack.oci.platform import Platform

FROM_BASE: Final = ("", "base", "debian")
"""What the settings say where the base has it."""


class BroughtPython(Struct, frozen=True, kw_only=True):
    """The interpreter of an image, and the layers that bring it where the base does not."""

    python: ImagePython
    parts: tuple[Part, ...] = ()
    remarks: tuple[str, ...] = ()


def image_python(base: Base, settings: ImageSettings, series: str) -> BroughtPython:
    """The interpreter; :class:`RequestError` where there is none for the series."""
    if settings.python not in FROM_BASE:
        return _copied(base, settings, series)
    if base.python is not None:
        return BroughtPython(python=base.python)
    if settings.base == SCRATCH:
        return BroughtPython(python=ImagePython(executable=f"/usr/bin/python{series}", version=series))
    raise RequestError(
        f"the base has no Python {series}",
        hint=f'take one that has it, or copy one of this machine: {PLACE}.python = "copy"',
    )


def python_libraries(settings: ImageSettings, series: str, platform: Platform) -> tuple[str, ...]:
    """What the base has to have for an interpreter that it does not bring, beside glibc."""
    if settings.python in FROM_BASE:
        return ()
    from samestack.image.building.copied_python import copied_python  # walks an installation

    return copied_python(settings.python, series, platform).needs.libraries


def _copied(base: Base, settings: ImageSettings, series: str) -> BroughtPython:
    from samestack.image.building.copied_python import copied_python  # walks an installation

    found = copied_python(settings.python, series, base.config.platform)
    if base.glibc is not None and base.glibc < found.needs.glibc:
        needed, there = (".".join(map(str, one)) for one in (found.needs.glibc, base.glibc))
        raise RequestError(
            f"the Python of this machine needs glibc {needed}, and the base has {there}",
            hint="take a newer base, or one that has Python",
        )
    return BroughtPython(
        python=found.python, parts=(found.part,), remarks=tuple(_of_needs(found.needs, base))
    )


def _of_needs(needs: PythonNeeds, base: Base) -> Iterator[str]:
    """A base of Debian packages is given those that are known to bring the libraries."""
    is_made = base.name.startswith(DEBIAN)
    libraries = [one for one in needs.libraries if not (is_made and library_package(one))]
    if libraries:
        listed = ", ".join(libraries)
        yield f"modules of the copied Python look for these libraries in the base: {listed}"
