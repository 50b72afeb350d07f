"""The program of a bisection as far as its words tell: which files it is, and which packages it imports."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from samestack.project.inference.import_names import distribution_of
from samestack.project.inference.imported_modules import imported_by

_MOST_FILES: Final = 400
_MOST_BYTES: Final = 1 << 20


def imported_packages(command: Sequence[str], directory: Path) -> frozenset[str]:
    """The packages that the program imports itself, by normalised name; none where its words do not tell."""
    modules = {one.module for text in _texts(command, directory) for one in imported_by(text).imports}
    return frozenset(filter(None, (distribution_of(module) or _top(module) for module in modules)))


def program_files(command: Sequence[str], directory: Path) -> tuple[Path, ...]:
    """The files that its words name: another content of them is another program."""
    paths = ((directory / word) for word in command if word and "\0" not in word)
    return tuple(path for path in dict.fromkeys(paths) if _is_file(path))


def _texts(command: Sequence[str], directory: Path) -> Iterator[str]:
    for before, word in pairwise(command):
        if before == "-c":
            yield word
        elif before == "-m":
            yield from _of_module(directory, word)
    for path in program_files(command, directory):
        if path.suffix == ".py":
            yield from _read(path)
            for other in sorted(path.parent.glob("*.py"))[:_MOST_FILES]:
                yield from _read(other)


def _of_module(directory: Path, module: str) -> Iterator[str]:
    place = directory.joinpath(*module.split("."))
    if not place.is_dir():
        yield from _read(place.with_suffix(".py"))
        return
    for path in sorted(place.rglob("*.py"))[:_MOST_FILES]:
        yield from _read(path)


def _read(path: Path) -> Iterator[str]:
    if _is_file(path) and path.stat().st_size <= _MOST_BYTES:
        yield path.read_text("utf-8", "replace")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a word too long for a name
        return False


def _top(module: str) -> str:
    return module.partition(".")[0].replace("_", "-").lower()
