"""What a sync finds before it changes anything: the lock, the environment, and what lies between them."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from samestack.envs.installers import backend_for
from samestack.envs.syncing.observed import Observed
from samestack.envs.syncing.observing import kind_at, observe
from samestack.envs.syncing.options import SyncOptions
from samestack.envs.syncing.own_lock import own_lock
from samestack.envs.syncing.plan import Plan, package_changes
from samestack.envs.syncing.renewal import WantedPython, reason_to_make, wanted_python
from samestack.envs.syncing.selection import groups_of, verdicts_on, wanted_of
from samestack.errors import RequestError
from samestack.lock.decision import Lock
from samestack.lock.platforms import marker_environment
from samestack.model import Layer, Stack
from samestack.project.manifest import LOCK_NAMES, Backend, Project

if TYPE_CHECKING:
    from samestack.envs.interpreters import Interpreter

_PLATFORMS: Final = {"x86_64": "linux-64", "aarch64": "linux-aarch64"}


class Survey(Struct, frozen=True, kw_only=True):
    """An environment held against its lock."""

    project: Project
    lock: Lock
    place: Path
    """Where the environment is or is to be, links followed."""
    shown_place: str
    """As its user would write it."""
    backend: Backend
    observed: Observed | None
    """``None`` where no environment is there."""
    interpreter: "Interpreter | None"
    """Of an environment that has to be made, where the lock does not bring one."""
    python: str
    """The release that the environment has or is to have; empty where the lock alone knows."""
    locked: Stack
    """What of the lock applies here."""
    verdicts: Mapping[str, bool]
    """By marker of the lock, whether it holds here."""
    plan: Plan

    @property
    def words(self) -> str:
        """What the environment is once the plan is carried out, in a line."""
        python = f"Python {self.python}, " if self.python else ""
        own = self.project.name if self.project.is_package else ""
        number = sum(one.name != own for one in self.locked.layer(Layer.PACKAGES))
        packages = f"{number} package" if number == 1 else f"{number} packages"
        return f"{self.shown_place} is what {self.lock.path} says: {python}{packages}"


def survey(project: Project, options: SyncOptions) -> Survey:
    """Look and plan; nothing is changed.

    :class:`RequestError` where there is no lock, and where something else than an environment is in its
    place; what :func:`find_interpreter` raises where none is to be had.
    """
    lock = _lock(project, options)
    backend = backend_for(lock.kind, project)
    place = place_of(project, options)
    observed = observe(place)
    wanted = wanted_python(project, lock, options.python)
    anew = "asked for" if options.reinstall else reason_to_make(place, observed, backend, wanted)
    interpreter = _interpreter(wanted, backend) if anew else None
    python = interpreter.version if interpreter else (observed.python if observed else wanted.version)
    known = observed.verdicts if observed is not None and observed.python == python else {}
    verdicts = verdicts_on(lock.snapshot.stack, marker_environment(_platform(), python), known)
    locked = wanted_of(lock, groups_of(project, lock, backend), verdicts)
    there = Stack() if observed is None else observed.stack
    own = project.name if project.is_package else ""
    return Survey(
        project=project,
        lock=lock,
        place=place,
        shown_place=str(chosen_place(project, options)),
        backend=backend,
        observed=observed,
        interpreter=interpreter,
        python=python,
        locked=locked,
        verdicts=verdicts,
        plan=Plan(
            changes=package_changes(there, locked, own=own, with_own=options.with_project),
            anew=anew,
            is_new=observed is None,
            project=own if options.with_project and not _is_there(own, there, project.directory) else "",
        ),
    )


def place_of(project: Project, options: SyncOptions) -> Path:
    """Where the environment is or is to be, links followed.

    :class:`RequestError` where something else is there, which is nobody's to delete.
    """
    chosen = chosen_place(project, options)
    place = Path(os.path.realpath(chosen))
    is_free = not place.exists() or (place.is_dir() and not any(place.iterdir()))
    if not is_free and kind_at(place) is None:
        raise RequestError(
            f"{chosen}: something else than an environment is there",
            hint="name another place with --environment, or move it away",
        )
    return place


def chosen_place(project: Project, options: SyncOptions) -> Path:
    """Where the environment is or is to be, as the user or the manifest says it."""
    return options.environment or project.directory / project.manifest.environment


def _lock(project: Project, options: SyncOptions) -> Lock:
    path = options.lock or _found(project)
    if path is None:
        wanted = project.directory / LOCK_NAMES[project.backend]
        raise RequestError(f"{wanted}: there is no lock yet", hint="decide one with: samestack lock")
    return own_lock(path) or _parsed(path)


def _found(project: Project) -> Path | None:
    own = project.directory / LOCK_NAMES[project.backend]
    if own.is_file():
        return own
    from samestack.lock.reading import find_lock

    return find_lock(project)


def _parsed(path: Path) -> Lock:
    from samestack.lock.reading import read_lock  # the parsers of every other kind of lock

    return read_lock(path)


def _interpreter(wanted: WantedPython, backend: Backend) -> "Interpreter | None":
    if backend is Backend.CONDA:
        return None
    from samestack.envs.interpreters import find_interpreter  # most syncs have one already

    return find_interpreter(wanted.said, requires=wanted.requires)


def _platform() -> str:
    machine = os.uname().machine
    if machine not in _PLATFORMS:
        raise RequestError(f"locks are not decided for the architecture '{machine}' of this machine")
    return _PLATFORMS[machine]


def _is_there(own: str, stack: Stack, directory: Path) -> bool:
    """Whether a project is installed such that its files are those that people edit."""
    paths = (one.circumstances.get("editable") for one in stack if one.name == own)
    return any(
        isinstance(path, str) and os.path.realpath(path) == os.path.realpath(directory) for path in paths
    )
