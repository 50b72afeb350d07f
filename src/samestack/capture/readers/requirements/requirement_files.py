"""A requirements file with all the files that it includes, followed as pip follows them, within limits."""

import os.path
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from samestack.capture.readers.locks.provenance import is_path
from samestack.capture.readers.requirements.packaging_values import placed
from samestack.capture.readers.requirements.requirement_lines import Line, read_lines

MAX_FILES: Final = 100
"""The most files that one requirements file may bring together, and so the deepest that they may nest."""

MAX_LINES: Final = 20_000
"""The most lines that say something, over all files. The longest real list seen has 1,500."""


class Located(Struct, frozen=True, kw_only=True):
    """A line with the file that it stands in."""

    path: Path
    line: Line
    is_constraint: bool
    """Whether the file was included as one of constraints."""
    unit: str = "line"
    """What the line is called in its file: in an ``environment.yml`` it is an entry."""

    @property
    def place(self) -> str:
        """The line as people find it."""
        return f"{self.unit} {self.line.number}"


def located_lines(path: Path) -> Iterator[Located]:
    """Every line of a file and of those that it includes, each file once, where it is first included.

    :class:`InputError` for files that include each other in a circle, are not there, or are too many.
    """
    return located_entries(path, read_lines(path), "line")


def located_entries(path: Path, lines: Iterable[Line], unit: str) -> Iterator[Located]:
    """The same of lines that stand in a file of another kind, where one is called a ``unit``."""
    seen = {(_identity(path), False)}
    first = (Located(path=path, line=line, is_constraint=False, unit=unit) for line in lines)
    for count, located in enumerate(_followed(first, (path,), seen)):
        with placed(str(located.path), located.place):
            _check_limits(count, len(seen))
        yield located


def is_remote(name: str) -> bool:
    """Whether what ``-r`` or ``-c`` names would have to be fetched."""
    return not is_path(name) and urlsplit(name).scheme != "file"


def _followed(
    lines: Iterable[Located], chain: tuple[Path, ...], seen: set[tuple[str, bool]]
) -> Iterator[Located]:
    for located in lines:
        yield located
        for target, is_constraint in _included(located, chain):
            if (_identity(target), is_constraint) not in seen:
                seen.add((_identity(target), is_constraint))
                yield from _followed(_lines(target, is_constraint=is_constraint), (*chain, target), seen)


def _lines(path: Path, *, is_constraint: bool) -> Iterator[Located]:
    return (Located(path=path, line=line, is_constraint=is_constraint) for line in read_lines(path))


def _included(located: Located, chain: tuple[Path, ...]) -> list[tuple[Path, bool]]:
    """The files that a line includes, and whether as constraints: what ``-r`` names never is."""
    named = [(name, False) for name in located.line.files]
    named += [(name, True) for name in located.line.constraint_files]
    with placed(str(located.path), located.place):
        return [(_target(name, chain), kind) for name, kind in named if not is_remote(name)]


def _target(name: str, chain: tuple[Path, ...]) -> Path:
    target = chain[-1].parent / (name if is_path(name) else unquote(urlsplit(name).path))
    if not os.path.isfile(target):
        raise ValueError(f"includes '{name}', which is not a regular file")
    if _identity(target) in map(_identity, chain):
        circle = " -> ".join(one.name for one in (*chain, target))
        raise ValueError(f"includes itself: {circle}")
    return target


def _check_limits(lines: int, files: int) -> None:
    if lines > MAX_LINES:
        raise ValueError(f"more than {MAX_LINES} lines in all files together")
    if files > MAX_FILES:
        raise ValueError(f"more than {MAX_FILES} files are included")


def _identity(path: Path) -> str:
    return os.path.realpath(path)
