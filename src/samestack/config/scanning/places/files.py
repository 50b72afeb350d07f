"""The files of a directory: those that git keeps or would keep, else all but what tools have put there."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from samestack.config.scanning.places.git_commands import is_in_repository, said_by_git
from samestack.config.scanning.places.reading import is_read, looks_binary, texts_of
from samestack.config.scanning.text import Text
from samestack.errors import InputError
from samestack.progress import Reporter

MAX_FILES: Final = 500_000
"""A directory with more is refused: it is no project."""
_PASSED_OVER: Final = frozenset((
    ".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".nox", ".mypy_cache",
    ".ruff_cache", ".pytest_cache", ".hypothesis", ".ipynb_checkpoints", "site-packages",
))  # fmt: skip
_SNIFFED_BYTES: Final = 8192


def texts_in(root: Path, reporter: Reporter) -> Iterator[Text]:
    """The texts of a file, or of every file below a directory; paths begin at ``root``'s own."""
    if root.is_file():
        yield from _texts(root, str(root))
        return
    if not root.is_dir():
        raise InputError(str(root), "no such file or directory")
    paths = _paths(root)
    reporter.started("Looking through files", len(paths))
    try:
        for path in paths:
            reporter.advanced(path)
            yield from _texts(root / path, os.path.normpath(root / path))
    finally:
        reporter.finished()


def _texts(path: Path, shown: str) -> Iterator[Text]:
    data = _content(path)
    if data is not None:
        yield from texts_of(shown, data)


def _paths(root: Path) -> list[str]:
    paths = _of_git(root) if is_in_repository(root) else list(_walked(root))
    if len(paths) > MAX_FILES:
        raise InputError(str(root), f"it holds more than {MAX_FILES} files", hint="name a directory below it")
    return sorted(paths)


def _of_git(root: Path) -> list[str]:
    """What is tracked, and what is new and not ignored."""
    said = said_by_git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
    return [path for path in said.split("\0") if path]


def _walked(root: Path) -> Iterator[str]:
    for directory, below, files in os.walk(root):
        below[:] = [
            name for name in below if name not in _PASSED_OVER and not _is_environment(directory, name)
        ]
        yield from (os.path.relpath(f"{directory}/{name}", root) for name in files)


def _is_environment(directory: str, name: str) -> bool:
    return Path(directory, name, "pyvenv.cfg").exists() or Path(directory, name, "conda-meta").is_dir()


def _content(path: Path) -> bytes | None:
    """A regular file, not what a link leads to; ``None`` for what is not looked into, or is gone by now."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or not is_read(str(path), status.st_size):
            return None
        start = file.read(_SNIFFED_BYTES)
        return None if looks_binary(start) else start + file.read()
