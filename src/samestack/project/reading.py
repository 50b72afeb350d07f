"""A directory as a :class:`Project`: its manifest, the files that ask for packages, and who is to decide."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.capture.documents import read_text
from samestack.errors import InputError, RequestError
from samestack.model import normalized_python_name
from samestack.project.declared import FILE_NAME, Declared, declared_in
from samestack.project.manifest import Backend, Manifest, Project
from samestack.project.manifest_table import PLACE, manifest_of

REQUIREMENTS: Final = ("requirements.in", "requirements.txt")
"""Where there are both, the second is what pip-tools made of the first."""
ENVIRONMENTS: Final = ("environment.yml", "environment.yaml")


class _Files(Struct, frozen=True):
    """The files of a directory that ask for packages, by their names; empty for what is not there."""

    requirements: str
    environment: str
    poetry_lock: str


def read_project(directory: Path) -> Project:
    """What the files of a directory say of the project in it.

    :class:`RequestError` for what is no directory, :class:`InputError` for a manifest that is malformed.
    """
    if not directory.is_dir():
        raise RequestError(f"'{directory}': no such directory", hint="name the project's directory")
    declared, files = declared_in(directory), _files_in(directory)
    file = str(directory / FILE_NAME)
    manifest = Manifest() if declared.samestack is None else manifest_of(declared.samestack, file)
    _check_python(manifest, declared, file)
    backend, reason = _backend(manifest, declared, files)
    wishes = _wishes(backend, declared, files)
    return Project(
        directory=directory,
        manifest=manifest,
        file=FILE_NAME if declared.is_there else "",
        wishes=wishes,
        requires_python=declared.requires_python,
        backend=backend,
        backend_reason=reason,
        is_package=declared.is_package,
        name=normalized_python_name(declared.name or directory.resolve().name),
        notes=tuple(_notes(directory, wishes)),
    )


def _files_in(directory: Path) -> _Files:
    return _Files(
        requirements=_first(directory, REQUIREMENTS),
        environment=_first(directory, ENVIRONMENTS),
        poetry_lock=_first(directory, ("poetry.lock",)),
    )


def _first(directory: Path, names: tuple[str, ...]) -> str:
    return next((name for name in names if (directory / name).is_file()), "")


def _backend(manifest: Manifest, declared: Declared, files: _Files) -> tuple[Backend, str]:
    if manifest.backend is not None:
        return manifest.backend, f"{FILE_NAME} says so ({PLACE}.backend)"
    if declared.is_poetry:
        return Backend.POETRY, f"{FILE_NAME} has a [tool.poetry]"
    if files.poetry_lock and declared.has_project:
        return Backend.POETRY, f"{FILE_NAME} is locked by Poetry, in {files.poetry_lock}"
    if files.environment and not declared.has_project and not files.requirements:
        return Backend.CONDA, f"{files.environment} is what asks for packages here"
    return Backend.VENV, "nothing here asks for conda or for Poetry"


def _wishes(backend: Backend, declared: Declared, files: _Files) -> tuple[str, ...]:
    """The files that ask for packages, the main one first."""
    if backend is Backend.POETRY:
        return (FILE_NAME,) if declared.has_project or declared.has_choices else ()
    if backend is Backend.CONDA and files.environment:
        return (files.environment, *_of_python(declared, requirements=""))
    return tuple(_of_python(declared, files.requirements))


def _of_python(declared: Declared, requirements: str) -> Iterator[str]:
    """A manifest that leaves its dependencies to a requirements file may still have groups."""
    is_elsewhere = bool(requirements) and not declared.has_dependencies
    if is_elsewhere:
        yield requirements
    if declared.has_choices or (declared.has_project and not is_elsewhere):
        yield FILE_NAME


def _notes(directory: Path, wishes: tuple[str, ...]) -> Iterator[str]:
    """The files that ask for packages too and are not read, not even by way of those that are."""
    others = [
        name for name in (*REQUIREMENTS, *ENVIRONMENTS) if name not in wishes and (directory / name).is_file()
    ]
    texts = [read_text(directory / name) for name in wishes] if others else []
    unread = [name for name in others if not any(name in text for text in texts)]
    if unread:
        read = " and ".join(wishes) if wishes else "nothing"
        yield f"{read} is read for what to install; {' and '.join(unread)} not"


def _check_python(manifest: Manifest, declared: Declared, file: str) -> None:
    """A Python that the project itself refuses is a mistake in one of the two places."""
    python, required = manifest.python, declared.requires_python
    # What most projects say can be told without a library that takes longer to load than all of this.
    if not (python and required) or required in {f"=={python}.*", f"=={python}", f">={python}"}:
        return
    from samestack.capture.readers.requirements.packaging_values import placed, specifier_set

    with placed(file, "project.requires-python"):
        allowed = specifier_set(declared.requires_python)
    # A series stands for all of its releases.
    newest = f"{manifest.python}.999" if manifest.python.count(".") == 1 else manifest.python
    if not (allowed.contains(manifest.python) or allowed.contains(newest)):
        raise InputError(
            file,
            f"the project requires Python {declared.requires_python}, which {manifest.python} is not",
            place=f"{PLACE}.python",
            hint="make the two agree",
        )
