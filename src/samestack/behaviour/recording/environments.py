"""Where a program is run: an environment that is there, or one that is made of a lock for that time."""

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from samestack.capture.entry import default_reference, environment_kind
from samestack.capture.readers.conda.conda_environments import find_prefix
from samestack.envs.installers import installer_for
from samestack.envs.managing.state import is_environment
from samestack.envs.running.project_environment import environment_of
from samestack.envs.running.running import activation
from samestack.envs.syncing.options import SyncOptions
from samestack.envs.syncing.survey import survey
from samestack.envs.syncing.sync import warnings_of
from samestack.envs.work import Work
from samestack.errors import RequestError
from samestack.lock.reading import find_lock
from samestack.model import Kind, Reference
from samestack.progress import Reporter
from samestack.project.reading import read_project

_LATER: Final = {
    "ssh": "hosts over SSH come with issue 8",
    "fleet": "the fleet comes with issue 9",
}
_HINT: Final = "name venv:PATH, conda:PATH, python:PATH, a project's directory or a lock"
_NAMES: Final = ("python", "python3")


class Place(Struct, frozen=True, kw_only=True):
    """An environment that programs can be run in, for as long as the context lasts."""

    reference: Reference
    """What there is to capture of it."""
    variables: Mapping[str, str]
    """All variables of a program in it."""
    notes: tuple[str, ...] = ()
    """What to know beside it, in a sentence each."""
    directories: Mapping[Path, str] = field(default_factory=dict)
    """Directories that are there for this time alone, with what to call them."""

    def program(self, name: str) -> str:
        """The path of a program in it; :class:`RequestError` where there is none of the name."""
        found = shutil.which(name, path=self.variables.get("PATH", ""))
        if found is None:
            raise RequestError(f"{name}: no such program in {self.reference}")
        return found

    @property
    def interpreter(self) -> str:
        """The path of its Python; :class:`RequestError` where it has none."""
        paths = (shutil.which(name, path=self.variables.get("PATH", "")) for name in _NAMES)
        found = next(filter(None, paths), None)
        if found is None:
            raise RequestError(f"there is no Python in {self.reference}")
        return found


@contextlib.contextmanager
def opened(text: str, reporter: Reporter) -> Iterator[Place]:
    """The environment that a reference names; an empty one is that which is active here.

    :class:`RequestError` for what nothing can be run in; what
    :func:`samestack.envs.syncing.sync.sync` raises for a lock.
    """
    scheme = re.match(r"([a-z]+):", text)
    if scheme is not None and scheme[1] in _LATER:
        raise RequestError(f"nothing can be run in '{scheme[1]}:' yet: {_LATER[scheme[1]]}", hint=_HINT)
    reference = Reference.parse(text) if text else default_reference()
    if reference.kind is Kind.PATH:
        with _of_path(Path(os.path.expanduser(reference.locator)), reporter) as place:  # noqa: PTH111
            yield place
    else:
        with _living(reference.kind, reference.locator) as place:
            yield place


@contextlib.contextmanager
def _of_path(path: Path, reporter: Reporter) -> Iterator[Place]:
    kind = environment_kind(str(path))
    if kind is not None:
        with _living(kind, str(path)) as place:
            yield place
        return
    if path.is_dir() and is_environment(environment := environment_of(path)):
        yield _activated(environment)
        return
    lock = find_lock(read_project(path)) if path.is_dir() else path
    if lock is None:
        raise RequestError(f"'{path}' has neither an environment nor a lock", hint=f"samestack lock {path}")
    with _made_of(lock, reporter) as place:
        yield place


@contextlib.contextmanager
def _living(kind: Kind, locator: str) -> Iterator[Place]:
    match kind:
        case Kind.MACHINE:
            yield Place(reference=Reference(Kind.MACHINE, ""), variables=dict(os.environ))
        case Kind.VENV | Kind.CONDA:
            yield _activated(_prefix(kind, locator))
        case Kind.PYTHON:
            with _of_interpreter(locator) as place:
                yield place
        case _:
            raise RequestError(f"nothing can be run in '{kind}:'", hint=_HINT)


def _prefix(kind: Kind, locator: str) -> Path:
    if kind is Kind.CONDA:
        return Path(find_prefix(locator, os.environ))
    prefix = Path(locator).expanduser()
    if not (prefix / "pyvenv.cfg").is_file():
        raise RequestError(f"'{locator}' is not a virtual environment")
    return prefix


def _activated(prefix: Path) -> Place:
    absolute = prefix.absolute()
    activated = activation(absolute)
    kind = Kind.CONDA if (absolute / "conda-meta").is_dir() else Kind.VENV
    return Place(
        reference=Reference(kind, str(absolute)), variables=activated.variables, notes=activated.notes
    )


@contextlib.contextmanager
def _of_interpreter(locator: str) -> Iterator[Place]:
    """``python`` is then this one, by a link: beside it there may be a ``python`` of another release."""
    found = shutil.which(os.path.expanduser(locator))  # noqa: PTH111 - a name without a slash stays one
    path = Path(found or locator).expanduser().absolute()
    path = path / "bin/python3" if path.is_dir() else path
    if not os.access(path, os.X_OK):
        raise RequestError(f"'{locator}' is no interpreter that can be run")
    if is_environment(path.parent.parent):
        yield _activated(path.parent.parent)
        return
    with _directory() as links:
        for name in _NAMES:
            (links / name).symlink_to(path)
        variables = dict(activation(path.parent.parent).variables)
        variables.pop("VIRTUAL_ENV", None)
        yield Place(
            reference=Reference(Kind.PYTHON, str(path)),
            variables={**variables, "PATH": f"{links}{os.pathsep}{variables['PATH']}"},
            directories={links: "$ENVIRONMENT"},
        )


@contextlib.contextmanager
def _made_of(lock: Path, reporter: Reporter) -> Iterator[Place]:
    """Made as ``samestack sync`` would, in a place of its own, and in nobody's list of environments."""
    with _directory() as directory:
        options = SyncOptions(lock=lock, environment=directory / "environment")
        found = survey(read_project(lock.parent), options)
        notes = warnings_of(found, options)
        work = Work(
            project=found.project, lock=found.lock, locked=found.locked, interpreter=found.interpreter
        )
        installer = installer_for(work)
        installer.create(found.place)
        installer.install(found.place, reporter)
        made = _activated(found.place)
        yield Place(
            reference=made.reference,
            variables=made.variables,
            notes=(*notes, *made.notes),
            directories={found.place: "$ENVIRONMENT"},
        )


@contextlib.contextmanager
def _directory() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="samestack-record-", ignore_cleanup_errors=True) as name:
        yield Path(name).resolve()
