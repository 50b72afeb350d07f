"""A second environment like a first one: from the same lock, or else with the same releases.

Nothing is copied from one to the other. Files of packages come as links from uv's or rattler's cache.
"""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from samestack.envs.interpreters import find_interpreter
from samestack.envs.managing.copying import CopyInstaller
from samestack.envs.managing.drifting import drift_of, origin_of
from samestack.envs.managing.registry import Registered, record
from samestack.envs.syncing.observing import observe
from samestack.envs.syncing.sync import sync
from samestack.envs.transaction import transaction
from samestack.envs.transaction.exclusion import alone_in
from samestack.errors import OutsideError, RequestError
from samestack.model import Kind
from samestack.progress import Reporter
from samestack.project.manifest import Backend
from samestack.project.reading import read_project


class Cloned(Struct, frozen=True, kw_only=True):
    """An environment that was made like another one."""

    environment: Path
    made_from: str
    """What it was made from, in a few words."""
    notes: tuple[str, ...] = ()
    """How it is not like the other one, in a sentence each."""


def clone(source: Path, destination: Path, reporter: Reporter) -> Cloned:
    """Make an environment at ``destination`` like the one at ``source``, whole or not at all.

    :class:`RequestError` where something is there already, and for an environment that cannot be told apart
    from its packages alone; :class:`OutsideError` for an installation that failed.
    """
    if destination.is_symlink() or (destination.exists() and not _is_empty(destination)):
        raise RequestError(f"{destination}: something is there already", hint="name a place where nothing is")
    origin = origin_of(source)
    if origin is None:
        return _copied(source, destination, reporter)
    drift = drift_of(source)
    synced = sync(read_project(origin.project), replace(origin.options, environment=destination), reporter)
    notes = () if drift is None or drift.is_none else (f"{source} itself: {drift}",)
    lock = synced.survey.lock.path
    return Cloned(environment=destination, made_from=f"its lock {lock}", notes=(*notes, *synced.warnings))


def _copied(source: Path, destination: Path, reporter: Reporter) -> Cloned:
    found = observe(source)
    if found is None:
        raise RequestError(f"{source}: there is no environment")
    if found.kind is Kind.CONDA:
        raise RequestError(
            f"{source} is a conda environment of which no lock is known",
            hint=f"conda itself can: conda create --clone {source} --prefix PATH",
        )
    if not found.python:
        raise RequestError(f"the interpreter of {source} is gone", hint="make it anew, then clone it")
    interpreter = find_interpreter(str(source / "bin/python"), may_fetch=False)
    installer = CopyInstaller(interpreter.path, found.stack)
    _make_directory(destination.parent)
    with alone_in(destination.parent):
        transaction.make(destination, installer, reporter)
    record(Registered(environment=str(destination), backend=Backend.VENV, python=interpreter.version))
    note = "no lock is known of it: releases are the same, but no hash was there to hold files against"
    return Cloned(environment=destination, made_from="the releases that are in it", notes=(note,))


def _is_empty(directory: Path) -> bool:
    return directory.is_dir() and not any(directory.iterdir())


def _make_directory(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutsideError(f"{directory}: cannot be made: {error.strerror}") from None
