"""Locks that are decided to be tried: each by the project's own backend, in a place of its own.

Each begins with the choices of the project's present lock, as the real one does.
"""

import os
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct, structs

from samestack.envs.installers import backend_for
from samestack.envs.interpreters import Interpreter, find_interpreter
from samestack.envs.syncing.renewal import wanted_python
from samestack.envs.syncing.selection import groups_of, verdicts_on, wanted_of
from samestack.errors import RequestError, SamestackError
from samestack.lock.deciding import decide, write
from samestack.lock.decision import Decision, Lock, LockOptions
from samestack.lock.platforms import marker_environment, platform_of
from samestack.lock.reading import read_lock
from samestack.lock.terms import lock_path
from samestack.model import Layer, Stack
from samestack.progress import Reporter
from samestack.project.manifest import PLATFORMS, Backend, Constraint, Project
from samestack.verify.search.world import Selection


class TrialLock(Struct, frozen=True, kw_only=True):
    """A lock that was decided, and what of it belongs into an environment on this machine."""

    decision: Decision
    lock: Lock
    locked: Stack
    interpreter: Interpreter | None
    """``None`` where the lock brings its own."""
    python: str
    """The release of the interpreter."""

    @property
    def selection(self) -> Selection:
        """Its packages by name, with their releases; those without a version have an empty one."""
        packages = self.locked.layer(Layer.PACKAGES)
        return Selection(tuple(sorted({one.name: one.version or "" for one in packages}.items())))


class DecidedLocks:
    """Decides locks of one project; ``troubles`` says why some could not be, in a line each."""

    def __init__(self, project: Project, options: LockOptions, directory: Path, reporter: Reporter) -> None:
        self.troubles: list[str] = []
        self.platform = this_platform()
        self._project = project
        self._options = options
        self._directory = directory
        self._reporter = reporter
        self._interpreter: Interpreter | None = None
        self._count = 0

    def decide(self, constraints: Sequence[str] = (), day: date | None = None) -> TrialLock | None:
        """A lock under constraints beyond those of the manifest, as of a day.

        ``None`` where that cannot be; what goes wrong with neither of them is raised.
        """
        try:
            return self._decided(constraints, day)
        except SamestackError as error:
            if not constraints and day is None:
                raise
            if error.exit_status != 1:  # that they exclude each other is an answer
                self.troubles.append(f"{self._said(constraints, day)}: {error.message}")
            return None

    def _decided(self, constraints: Sequence[str], day: date | None) -> TrialLock:
        tried = tuple(Constraint(requirement=one, reason="tried out") for one in constraints)
        options = structs.replace(
            self._options,
            constraints=(*self._options.constraints, *tried),
            as_of=self._options.as_of if day is None else day.isoformat(),
            output=self._place(),
        )
        decision = decide(self._project, options, self._reporter)
        write(decision)
        return self._read(decision)

    def _place(self) -> Path:
        """Where a lock is decided: beside no other, but with what is chosen in the project's own."""
        self._count += 1
        own = lock_path(self._project, self._options)
        directory = self._directory / f"lock-{self._count}"
        directory.mkdir()
        if own.is_file():
            shutil.copyfile(own, directory / own.name)
        return directory / own.name

    def _read(self, decision: Decision) -> TrialLock:
        platforms = decision.table.platforms
        if platforms and self.platform not in platforms:
            raise RequestError(
                f"the lock is for {', '.join(platforms)}, so that it cannot be tried on this {self.platform}",
                hint=f"verify it there, or lock for this platform as well: --platform {self.platform}",
            )
        lock = read_lock(decision.path)
        backend = backend_for(lock.kind, self._project)
        if backend is not Backend.CONDA and self._interpreter is None:
            wanted = wanted_python(self._project, lock, self._options.python)
            self._interpreter = find_interpreter(wanted.said, requires=wanted.requires)
        python = decision.table.python if self._interpreter is None else self._interpreter.version
        verdicts = verdicts_on(lock.snapshot.stack, marker_environment(self.platform, python), {})
        return TrialLock(
            decision=decision,
            lock=lock,
            locked=wanted_of(lock, groups_of(self._project, lock, backend), verdicts),
            interpreter=self._interpreter,
            python=python,
        )

    def _said(self, constraints: Sequence[str], day: date | None) -> str:
        parts = [f"with {', '.join(constraints)}"] if constraints else []
        parts += [f"as of {day.isoformat()}"] if day is not None else []
        return f"{' '.join(parts)} nothing could be decided"


def this_platform() -> str:
    """The platform of this machine, as a manifest calls it; :class:`RequestError` for one it cannot name."""
    machine = os.uname()
    for name in PLATFORMS:
        if (platform_of(name).system, platform_of(name).machine) == (machine.sysname, machine.machine):
            return name
    raise RequestError(f"locks are not decided for {machine.sysname} on {machine.machine}")
