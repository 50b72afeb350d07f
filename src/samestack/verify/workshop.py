"""The world of the search: real solvers, real environments, the project's own index."""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from samestack.check.finding import Finding
from samestack.errors import OutsideError
from samestack.knowledge.python_names import pypi_name
from samestack.lock.decision import LockOptions
from samestack.model import Ecosystem, Layer
from samestack.progress import Reporter
from samestack.project.manifest import Project
from samestack.verify.decided_locks import DecidedLocks, TrialLock
from samestack.verify.examination import Examined
from samestack.verify.failures import failures_of
from samestack.verify.history import History
from samestack.verify.indexes import history_of
from samestack.verify.search.constraint_text import is_older
from samestack.verify.search.world import Failure, Past, Result, Selection
from samestack.verify.trial_environment import TrialEnvironment

_PLACE: Final = "environment"


class Workshop:
    """A :class:`~samestack.verify.search.world.World` in a directory that is the caller's to remove."""

    def __init__(self, project: Project, options: LockOptions, directory: Path, reporter: Reporter) -> None:
        self.locks = DecidedLocks(project, options, directory, reporter)
        self._project = project
        self._options = options
        self._environment = TrialEnvironment(project, directory / _PLACE, reporter)
        self._trials: dict[Selection, TrialLock] = {}
        self._examined: dict[Selection, Examined] = {}
        self._tried: set[Selection] = set()
        self._reporter = reporter
        self._history: History | None = None

    def decide(self, constraints: Sequence[str], day: date | None) -> Selection | None:
        """See :class:`~samestack.verify.search.world.World`."""
        trial = self.locks.decide(constraints, day)
        if trial is None:
            return None
        return self._kept(trial, is_of_a_day=day is not None)

    def try_out(self, selection: Selection) -> Result:
        """See :class:`~samestack.verify.search.world.World`; why the first cannot be built is raised."""
        self._reporter.advanced(f"build {len(self._tried) + 1}")
        self._tried.add(selection)
        try:
            examined = self._environment.tried(self._trials[selection])
        except OutsideError as error:
            if not self._examined:
                raise
            return Result(trouble=error.message.splitlines()[0])
        self._examined[selection] = examined
        return Result(failures=failures_of(examined, self._names(selection)))

    def pasts(self, selection: Selection, failures: Sequence[Failure]) -> Iterator[Past]:
        """See :class:`~samestack.verify.search.world.World`."""
        history = self._told(selection)
        for package, past in history.days(failures, selection):
            if not package:
                yield past
            elif bounds := self._bounds(selection, package, past.day):
                yield Past(day=past.day, why=past.why, bounds=bounds)

    def releases(self, package: str, after: str, until: str) -> Sequence[str]:
        """See :class:`~samestack.verify.search.world.World`."""
        return () if self._history is None else self._history.between(package, after, until)

    def related(self, selection: Selection, package: str) -> Sequence[str]:
        """See :class:`~samestack.verify.search.world.World`; what was not built requires nothing."""
        examined, names = self._examined.get(selection), self._names(selection)
        requires = {} if examined is None else examined.requirements()
        start = next((name for name, locked in names.items() if locked == package), package)
        found, pending = {start: None}, deque([start])
        while pending:
            for name in requires.get(pending.popleft(), ()):
                if name not in found:
                    found[name] = None
                    pending.append(name)
        return tuple(names[name] for name in tuple(found)[1:] if name in names)

    def trial(self, selection: Selection) -> TrialLock:
        """The lock that a selection was taken from."""
        return self._trials[selection]

    def findings(self, selection: Selection) -> tuple[Finding, ...]:
        """The errors that were found in a selection that was built."""
        return self._examined[selection].errors

    def _kept(self, trial: TrialLock, *, is_of_a_day: bool) -> Selection:
        """Remember the lock; of two with the same releases here, one that was not decided as of a day."""
        selection = trial.selection
        if selection not in self._trials or not is_of_a_day:
            self._trials[selection] = trial
        return selection

    def _bounds(self, selection: Selection, package: str, day: date) -> dict[str, str]:
        versions, history = selection.versions, self._told(selection)
        related = self.related(selection, package)
        earlier = {name: history.newest_before(name, day) for name in related}
        return {
            name: version
            for name, version in earlier.items()
            if version is not None and is_older(version, versions[name])
        }

    def _told(self, selection: Selection) -> History:
        if self._history is None:
            self._history = history_of(self._project, self._options, self._trials[selection])
        return self._history

    def _names(self, selection: Selection) -> dict[str, str]:
        """What the lock calls a package, by its name on the Python index."""
        packages = self._trials[selection].locked.layer(Layer.PACKAGES)
        return {_index_name(one.name, one.ecosystem): one.name for one in packages}


def _index_name(name: str, ecosystem: Ecosystem) -> str:
    return pypi_name(name).name if ecosystem is Ecosystem.CONDA else name
