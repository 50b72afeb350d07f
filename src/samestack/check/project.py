"""A directory that people work in: the environment in it, and the project that an environment belongs to."""

import os
from typing import Final

from samestack.check.settings import FILE_NAME, manifest_with
from samestack.errors import RequestError
from samestack.model import Component, Kind, Reference
from samestack.progress import Reporter

_ENVIRONMENTS: Final = (
    (Kind.VENV, ".venv", "pyvenv.cfg"),
    (Kind.VENV, "venv", "pyvenv.cfg"),
    (Kind.CONDA, ".pixi/envs/default", "conda-meta"),
)
_USUAL_NAMES: Final = (".venv", "venv", "env")
_IMAGES: Final = (Kind.OCI, Kind.IMAGE, Kind.CONTAINER, Kind.REGISTRY)
_ELSEWHERE: Final = (Kind.SSH, Kind.KUBERNETES)
_WITHOUT_PLACE: Final = (Kind.MACHINE, Kind.ROOTFS, *_IMAGES, *_ELSEWHERE)


def environment_in(reference: Reference) -> Reference:
    """The reference; or the environment that a project has made, where it names the project's directory.

    An environment that is there says more than the files that declare it.
    """
    path = os.path.expanduser(reference.locator)
    if reference.kind is not Kind.PATH or not os.path.isdir(path) or _is_environment(path):
        return reference
    for kind, name, sign in _ENVIRONMENTS:
        found = os.path.normpath(os.path.join(path, name))
        if os.path.exists(os.path.join(found, sign)):
            return Reference(kind, found)
    return reference


def project_of(reference: Reference, stated: str | None) -> str:
    """The directory whose settings hold: the stated one, else the nearest to the reference, else this one."""
    if stated is not None:
        if not os.path.isdir(stated):
            raise RequestError(f"'{stated}': no such directory", hint="name the project's directory")
        return stated
    around = _around(reference)
    return next((one for one in around if os.path.isfile(os.path.join(one, FILE_NAME))), "")


def model_files_of(project: str, reporter: Reporter) -> tuple[Component, ...]:
    """The model files that the project in a directory declares (``[tool.samestack] models``)."""
    if manifest_with(b"models", project) is None:
        return ()
    from pathlib import Path

    from samestack.capture.project_models import read_project_models

    return read_project_models(Path(project), reporter).components


def started_in(reference: Reference, project: str, stated: str | None) -> str | None:
    """The directory that programs are started in, whose modules go before all packages; None if unknown."""
    if stated is not None:
        return stated
    if reference.kind in _WITHOUT_PLACE:
        return None
    if os.path.isfile(os.path.join(project, FILE_NAME)):
        return project or "."
    directory, name = os.path.split(os.path.normpath(os.path.expanduser(reference.locator)))
    return directory or "." if name in _USUAL_NAMES else None


def _is_environment(path: str) -> bool:
    return any(os.path.exists(os.path.join(path, sign)) for _, _, sign in _ENVIRONMENTS)


def _around(reference: Reference) -> tuple[str, ...]:
    """Directories that may be the project's, the nearest first: an environment stands in or below it."""
    if reference.kind in _WITHOUT_PLACE or not reference.locator:
        return ("",)
    path = os.path.normpath(os.path.expanduser(reference.locator))
    if not os.path.isdir(path):
        return (os.path.dirname(path), "")
    return (path, os.path.dirname(path), "")
