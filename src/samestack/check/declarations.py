"""Where a project's files speak of a package: the line that a review shows a finding at."""

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.capture.documents import read_text
from samestack.capture.recognition import project_files
from samestack.errors import InputError
from samestack.model import Reference, normalized_python_name

_NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_MAX_BYTES: Final = 8 * 1024 * 1024


class Place(Struct, frozen=True):
    """A file or a directory, and a line of a file."""

    path: str
    line: int = 0
    """The first is 1; 0 where no line is meant."""


def declaring_files(reference: Reference, project: str) -> tuple[Path, ...]:
    """The file that a reference names; else what the project declares, its manifest first."""
    path = Path(reference.locator).expanduser()
    if path.is_file():
        return (path,)
    files = project_files(Path(project))
    return tuple(sorted(files, key=lambda one: one.name not in {"pyproject.toml", "requirements.txt"}))


class Declarations:
    """The texts of some files, read when the first name is looked for."""

    def __init__(self, files: Sequence[Path], environment: str) -> None:
        self._files = files
        self._environment = environment
        self._lines: list[tuple[Path, dict[str, int]]] | None = None

    def place_of(self, subject: str) -> Place:
        """The first line that names it; else the first line of the first file; else the environment."""
        if self._lines is None:
            self._lines = [(path, _names(path)) for path in self._files]
        name = normalized_python_name(subject)
        for path, lines in self._lines:
            if name in lines:
                return Place(str(path), lines[name])
        if self._files:
            return Place(str(self._files[0]), 1)
        return Place(os.path.normpath(self._environment or "."))


def _names(path: Path) -> dict[str, int]:
    """Every name in a file with the first line that it stands in, those in comments left out."""
    try:
        text = read_text(path, limit=_MAX_BYTES)
    except InputError:
        return {}
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        for name in _named(line.partition("#")[0]):
            found.setdefault(name, number)
    return found


def _named(line: str) -> Iterable[str]:
    return (normalized_python_name(match[0]) for match in _NAME.finditer(line))
