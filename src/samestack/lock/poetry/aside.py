"""A project as Poetry sees it, in a directory of its own: Poetry writes its lock in place, and not at once.

Everything but the manifest and the lock is a link to the project's own. Where the manifest names paths, the
directory stands beside the project, so that ``../library`` is the same; Poetry follows the links and then
names what is in the project from outside, which :func:`as_in_project` takes back.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from samestack.capture.addresses import without_credentials
from samestack.capture.documents import load_toml
from samestack.errors import OutsideError

MANIFEST: Final = "pyproject.toml"
LOCK: Final = "poetry.lock"

_KEYS: Final = frozenset({"path", "file"})
_ADDRESS: Final = re.compile(r"@\s*(file:|\.{0,2}/|[\w.-]+(/|\.whl|\.tar\.gz|\.zip))")

_URL: Final = re.compile(r'^url = "([^"\n]*)"$', re.MULTILINE)


@contextmanager
def aside(project: Path, lock: Path) -> Iterator[Path]:
    """The directory, with a copy of ``lock`` where there is one; it is gone at the end.

    :class:`OutsideError` where it cannot be made.
    """
    project = project.resolve()
    beside = project.parent if names_paths(load_toml(project / MANIFEST, dict[str, object])) else None
    try:
        directory = tempfile.TemporaryDirectory(
            prefix=f".{project.name}.locking-" if beside else "samestack-poetry-", dir=beside
        )
    except OSError as error:
        raise OutsideError(
            f"{beside or tempfile.gettempdir()}: a directory to lock in cannot be made: {error.strerror}",
            hint="a project that depends on paths is locked in a directory beside it" if beside else None,
        ) from None
    with directory as name:
        _fill(Path(name), project, lock)
        yield Path(name)


def names_paths(value: object) -> bool:
    """Whether a manifest asks for something that lies at a path."""
    if isinstance(value, dict):
        return any(
            (key in _KEYS and isinstance(inner, str)) or names_paths(inner) for key, inner in value.items()
        )
    if isinstance(value, list):
        return any(map(names_paths, value))
    return isinstance(value, str) and _ADDRESS.search(value) is not None


def as_in_project(lock: str, project: Path) -> str:
    """The text of a lock that was made aside: paths as from the project, addresses without credentials.

    Poetry tells the index of a package by its name, so that it still knows it.
    """
    outside = f"../{project.resolve().name}"

    def from_within(match: re.Match[str]) -> str:
        place = match[1]
        if place == outside or place.startswith(f"{outside}/"):
            place = place[len(outside) + 1 :] or "."
        return f'url = "{without_credentials(place)}"'

    return _URL.sub(from_within, lock)


def _fill(directory: Path, project: Path, lock: Path) -> None:
    for entry in project.iterdir():
        if entry.name not in {MANIFEST, LOCK} and not entry.name.startswith(".samestack"):
            (directory / entry.name).symlink_to(entry)
    shutil.copyfile(project / MANIFEST, directory / MANIFEST)
    if lock.is_file():
        shutil.copyfile(lock, directory / LOCK)
