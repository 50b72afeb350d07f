"""The files of a project that its authors wrote.

No environments, no builds, no projects within it, and nothing that a link leads to.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

MAX_FILES: Final = 20_000
"""The most files that are looked at. Large repositories of machine-learning code have some thousands."""

_MAX_DEPTH: Final = 12
_NOT_WRITTEN_HERE: Final = frozenset(
    {
        "__pycache__",
        "node_modules",
        "site-packages",
        "build",
        "dist",
        "venv",
        "env",
        "wandb",
        "mlruns",
        "vendor",
    }
)
_HIDDEN_BUT_READ: Final = frozenset({".github", ".circleci", ".devcontainer", ".binder"})
_ENVIRONMENT_SIGNS: Final = frozenset({"pyvenv.cfg", "conda-meta"})
_PROJECT_SIGN: Final = "pyproject.toml"


class ProjectTree(Struct, frozen=True):
    """Files by their paths relative to the project, with ``/`` between the parts, the nearest first."""

    directory: Path
    files: tuple[str, ...]
    is_cut: bool = False
    """Whether there are more files than are looked at."""


def project_tree(directory: Path) -> ProjectTree:
    """Every file that may tell something."""
    found: list[str] = []
    for name in _files(directory, "", 0):
        if len(found) >= MAX_FILES:
            return ProjectTree(directory, _ordered(found), is_cut=True)
        found.append(name)
    return ProjectTree(directory, _ordered(found))


def _ordered(names: list[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (name.count("/"), name)))


def _files(directory: Path, prefix: str, depth: int) -> Iterator[str]:
    try:
        with os.scandir(directory) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:  # not ours to read: it tells nothing
        return
    names = {entry.name for entry in found}
    if prefix and (_PROJECT_SIGN in names or not names.isdisjoint(_ENVIRONMENT_SIGNS)):
        return
    for entry in found:
        if entry.is_file(follow_symlinks=False):
            yield f"{prefix}{entry.name}"
        elif depth < _MAX_DEPTH and entry.is_dir(follow_symlinks=False) and _is_own(entry.name):
            yield from _files(Path(entry.path), f"{prefix}{entry.name}/", depth + 1)


def _is_own(name: str) -> bool:
    if name.startswith("."):
        return name in _HIDDEN_BUT_READ
    return name not in _NOT_WRITTEN_HERE and not name.endswith(".egg-info")
