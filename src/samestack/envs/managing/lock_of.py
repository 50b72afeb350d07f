"""The lock that an environment was made from, or that a project has."""

from pathlib import Path

from samestack.envs.managing.named_environment import environment_named
from samestack.envs.managing.registry import registered_at
from samestack.envs.managing.state import is_environment
from samestack.envs.running.project_environment import environment_of
from samestack.errors import RequestError
from samestack.lock.decision import Lock
from samestack.lock.reading import find_lock, read_lock
from samestack.project.reading import read_project


def lock_of(text: str) -> Lock:
    """The lock of the project in a directory, of an environment at a path, or of a project by its name.

    :class:`RequestError` where there is none, :class:`~samestack.errors.InputError` where it is malformed.
    """
    path = Path(text).expanduser()
    if path.is_dir() and not is_environment(path):
        found = find_lock(read_project(path))
        if found is not None:
            return read_lock(found)
        if not is_environment(environment_of(path)):
            raise RequestError(f"{text}: there is no lock", hint=f"decide one with: samestack lock {text}")
    return read_lock(_registered_lock(environment_named(text)))


def _registered_lock(environment: Path) -> Path:
    entry = registered_at(environment)
    if entry is None or not entry.lock:
        raise RequestError(
            f"it is not known which lock {environment} was made from",
            hint="name the directory of its project, or capture it: samestack capture",
        )
    if not Path(entry.lock).is_file():
        raise RequestError(f"{entry.lock}, which {environment} was made from, is gone", hint="decide it anew")
    return Path(entry.lock)
