"""The way in: a Dockerfile for a project and its lock."""

from collections.abc import Callable
from typing import Final

from msgspec import structs

from samestack.image.dockerfile.application import copied, ignore_file
from samestack.image.dockerfile.bases import Base, PythonSource, Wanted, cuda_base, named_base, usual_base
from samestack.image.dockerfile.choices import Choices, Dockerfile, Request
from samestack.image.dockerfile.cuda import cuda_need
from samestack.image.dockerfile.filling import filled
from samestack.image.dockerfile.notes import notes
from samestack.image.dockerfile.packages import Packages, wheel_packages
from samestack.image.dockerfile.page import CONDA, STANDARD, page_text
from samestack.image.dockerfile.pinning import pinned
from samestack.image.settings import ImageSettings
from samestack.lock.decision import Lock
from samestack.project.manifest import Project

_CONDA_BASE: Final = "debian:bookworm-slim"
"""conda brings all but the C library along."""
_CONDA_INSTALLER: Final = "mambaorg/micromamba:2-debian12-slim"


def dockerfile(
    project: Project,
    lock: Lock,
    settings: ImageSettings,
    choices: Choices,
    *,
    pin: Callable[[str], str] = pinned,
) -> Dockerfile:
    """The Dockerfile and the files beside it, the same for the same values; nothing is written.

    ``pin`` finds the digest of an image that is named by a tag. :class:`RequestError` for what no Dockerfile
    can do.
    """
    request = Request(project=project, lock=lock, settings=settings, choices=choices)
    packages = _packages(request)
    base = _base(request, packages)
    request = structs.replace(request, choices=_pinned_installer(request, pin))
    return _written(request, packages, structs.replace(base, name=pin(base.name)))


def _written(request: Request, packages: Packages, base: Base) -> Dockerfile:
    copying = copied(request.project, request.settings)
    page = filled(request, packages, base, copying)
    files = {
        "Dockerfile": page_text(CONDA if request.is_conda else STANDARD, page),
        ".dockerignore": ignore_file(copying.shown, request.settings),
        **packages.files,
    }
    return Dockerfile(files=files, base=base.name, notes=tuple(notes(request, page, copying)))


def _packages(request: Request) -> Packages:
    if not request.is_conda:
        return wheel_packages(request.lock, request.choices)
    from samestack.image.dockerfile.conda_packages import conda_packages  # takes rattler

    return conda_packages(request.lock, request.choices)


def _base(request: Request, packages: Packages) -> Base:
    settings, choices = request.settings, request.choices
    python = PythonSource.BASE if request.is_conda else settings.python
    wanted = Wanted(series=packages.series, glibc=packages.glibc, python=python)
    if choices.base:
        return named_base(choices.base, wanted)
    if choices.is_for_gpu and not request.is_conda:
        return cuda_base(cuda_need(packages.releases), wanted)
    if settings.base:
        return named_base(settings.base, wanted)
    return named_base(_CONDA_BASE, wanted) if request.is_conda else usual_base(wanted)


def _pinned_installer(request: Request, pin: Callable[[str], str]) -> Choices:
    name = request.choices.installer or (_CONDA_INSTALLER if request.is_conda else "")
    return structs.replace(request.choices, installer=pin(name) if name else "")
