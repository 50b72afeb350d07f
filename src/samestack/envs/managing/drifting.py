"""How an environment stands to its lock, told and never raised: it is a word beside what was asked for."""

from pathlib import Path

from msgspec import Struct

from samestack.envs.managing.registry import registered_at
from samestack.envs.running.project_environment import environment_of
from samestack.envs.syncing.options import SyncOptions
from samestack.envs.syncing.survey import survey
from samestack.errors import SamestackError
from samestack.lock.reading import find_lock
from samestack.project.manifest import Project
from samestack.project.reading import read_project

_NAMED = 3


class Drift(Struct, frozen=True, kw_only=True):
    """What a sync would change in an environment."""

    packages: tuple[str, ...] = ()
    """The names of those that are not as the lock says."""
    anew: str = ""
    """Why the environment would be made anew, in a few words; empty where it would be changed."""
    unknown: str = ""
    """Why it cannot be told, in a sentence; empty where it can."""

    @property
    def is_none(self) -> bool:
        """Whether the environment is what its lock says."""
        return not (self.packages or self.anew or self.unknown)

    def __str__(self) -> str:
        if self.unknown:
            return f"drift is not known: {self.unknown}"
        if self.anew:
            return f"it would be made anew: {self.anew}"
        if not self.packages:
            return "as its lock says"
        count = f"{len(self.packages)} package{'s are' if len(self.packages) > 1 else ' is'}"
        more = ", ..." if len(self.packages) > _NAMED else ""
        return f"{count} not as its lock says: {', '.join(self.packages[:_NAMED])}{more}"


class Origin(Struct, frozen=True):
    """What an environment was, or is to be, made from."""

    project: Path
    options: SyncOptions


def origin_of(environment: Path, project: Path | None = None) -> Origin | None:
    """The project and the lock of an environment; ``None`` where no lock is known.

    That of a project is made from the project's lock, any other one from that which it was registered with.
    :class:`SamestackError` where the project cannot be read.
    """
    if project is not None and environment.resolve() == environment_of(project).resolve():
        has_lock = find_lock(read_project(project)) is not None
        return Origin(project, SyncOptions(environment=environment)) if has_lock else None
    entry = registered_at(environment)
    if entry is None or not entry.lock or not Path(entry.lock).is_file():
        return None
    options = SyncOptions(environment=environment, lock=Path(entry.lock))
    return Origin(Path(entry.project or Path(entry.lock).parent), options)


def drift_of(environment: Path, project: Path | None = None) -> Drift | None:
    """What a sync from the lock of the environment would change; ``None`` where no lock is known."""
    try:
        origin = origin_of(environment, project)
        return None if origin is None else _drift(read_project(origin.project), origin.options)
    except SamestackError as error:
        return Drift(unknown=error.message)


def _drift(project: Project, options: SyncOptions) -> Drift:
    plan = survey(project, options).plan
    names = (*(change.name for change in plan.changes), *filter(None, (plan.project,)))
    return Drift(packages=names, anew=plan.anew)
