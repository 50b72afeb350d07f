"""One environment for all trials: made once, and after that changed where the next lock differs."""

import shutil
from pathlib import Path

from msgspec import structs

from samestack.envs.installers import backend_for, installer_for
from samestack.envs.work import Work
from samestack.lock.decision import Lock
from samestack.lock.poetry.aside import aside
from samestack.model import Kind
from samestack.progress import Reporter
from samestack.project.manifest import Backend, Project
from samestack.verify.bytecode import compile_all
from samestack.verify.decided_locks import TrialLock
from samestack.verify.examination import Examined, examine


class TrialEnvironment:
    """An environment at a place that is the caller's to remove."""

    def __init__(self, project: Project, place: Path, reporter: Reporter) -> None:
        self._project = project
        self._place = place
        self._reporter = reporter

    def tried(self, trial: TrialLock) -> Examined:
        """Make it what a lock says, and examine it.

        :class:`~samestack.errors.OutsideError` where that cannot be built; the next one is then made anew.
        """
        try:
            self._build(trial)
        except BaseException:
            shutil.rmtree(self._place, ignore_errors=True)
            raise
        is_conda = backend_for(trial.lock.kind, self._project) is Backend.CONDA
        kind = Kind.CONDA if is_conda else Kind.VENV
        return examine(kind, self._place, self._project.directory, self._reporter)

    def _build(self, trial: TrialLock) -> None:
        backend = backend_for(trial.lock.kind, self._project)
        if backend is not Backend.POETRY:
            self._fill(trial, self._project, trial.lock)
            return
        # Poetry installs nothing but the lock beside its manifest, and the project's own is not touched.
        with aside(self._project.directory, trial.lock.path) as directory:
            project = structs.replace(self._project, directory=directory)
            self._fill(trial, project, structs.replace(trial.lock, path=directory / trial.lock.path.name))

    def _fill(self, trial: TrialLock, project: Project, lock: Lock) -> None:
        work = Work(
            project=project,
            lock=lock,
            locked=trial.locked,
            interpreter=trial.interpreter,
            with_project=False,
        )
        installer = installer_for(work)
        if not self._place.exists():
            installer.create(self._place)
        installer.install(self._place, self._reporter)
        compile_all(self._place)
