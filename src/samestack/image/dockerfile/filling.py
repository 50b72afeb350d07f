"""The values of a page, of all that was chosen."""

from typing import Final

from samestack.image.dockerfile.application import Copied
from samestack.image.dockerfile.bases import Base, PythonSource
from samestack.image.dockerfile.choices import Request
from samestack.image.dockerfile.packages import Packages
from samestack.image.dockerfile.page import Page
from samestack.image.dockerfile.program import environment, health, labels, told, user_and_group
from samestack.image.dockerfile.requirement_files import HEAVY, INDEX, LIGHT
from samestack.image.dockerfile.system_packages import are_pinned, pinned_packages
from samestack.image.dockerfile.words import exec_form, path_words

_PARTS: Final = {HEAVY: "heavy", LIGHT: "light", INDEX: "index"}


def filled(request: Request, packages: Packages, base: Base, copying: Copied) -> Page:
    """The page; the base is pinned."""
    settings, choices = request.settings, request.choices
    system = _system_packages(request, base)
    user, group = user_and_group(request)
    return Page(
        project=request.project.name,
        lock=request.lock.path.name,
        platform=str(choices.platform),
        series=packages.series,
        base=base.name,
        python=base.python,
        prefix=path_words(settings.prefix),
        user=user,
        group=group,
        working_directory=path_words(settings.working_directory),
        installer=choices.installer,
        has_buildkit=choices.has_buildkit,
        system_packages=system,
        are_versions_known=are_pinned(system),
        parts=tuple(name for file, name in _PARTS.items() if file in packages.files),
        models=copying.models,
        files=copying.files,
        environment=environment(request),
        labels=labels(request, base.name, packages.series),
        told=told(request, base.name, packages.series),
        ports=settings.ports,
        health=health(settings),
        entrypoint=exec_form(settings.entrypoint) if settings.entrypoint else "",
        command=exec_form(settings.command) if settings.command else "",
    )


def _system_packages(request: Request, base: Base) -> tuple[str, ...]:
    """What the project needs, and Python where it is one of them."""
    python = ("python3",) if base.python is PythonSource.DEBIAN else ()
    names = (*python, *request.lock.table.system_packages, *request.project.manifest.system_packages)
    return pinned_packages(names, request.lock, base, request.choices.platform)
