"""What of an unpacked package is linked into an environment: whole directories, as far as that will do.

A library finds its neighbours by ``$ORIGIN``, which is the path that it was opened by. Where that leads out
of its own package (torch's into those of nvidia's), the directories on that path have to be real ones.
"""

import mmap
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.envs.interpreters import Interpreter

_LIBRARY: Final = re.compile(r"\.so(?:\.[0-9.]+)?$")
_ORIGIN: Final = re.compile(rb"\$(?:ORIGIN|\{ORIGIN\})([^\0:]*)")
_MOST_PATH_BYTES: Final = 4096
_SHARED: Final = ("bin", "include", "etc", "share")
_OF_UV: Final = frozenset({".lock", ".gitignore", "CACHEDIR.TAG"})


class Layout(Struct, frozen=True):
    """The paths in an unpacked package that are linked to, relative to its prefix."""

    links: tuple[str, ...]


def site_packages(interpreter: Interpreter) -> str:
    """Where an environment's packages are, relative to its prefix."""
    return f"lib/python{interpreter.series}/site-packages"


def layout_of(prefix: Path, interpreter: Interpreter) -> Layout:
    """What is linked of a package that was unpacked into a prefix."""
    frame = {
        *map(Path, _SHARED),
        *_with_parents(Path(site_packages(interpreter))),
    }
    for library in _libraries(prefix):
        if _reaches_out(library, prefix):
            frame.update(_with_parents(library.parent.relative_to(prefix)))
    return Layout(tuple(sorted(map(str, _links(prefix, Path(), frame)))))


def _links(prefix: Path, directory: Path, real: set[Path]) -> Iterator[Path]:
    with os.scandir(prefix / directory) as entries:
        for entry in entries:
            path = directory / entry.name
            if path in real:
                yield from _links(prefix, path, real)
            elif directory.parts or entry.name not in _OF_UV:
                yield path


def _with_parents(path: Path) -> Iterator[Path]:
    yield path
    yield from path.parents


def _libraries(prefix: Path) -> Iterator[Path]:
    for directory, _, files in os.walk(prefix):
        yield from (Path(directory, name) for name in files if _LIBRARY.search(name))


def _reaches_out(library: Path, prefix: Path) -> bool:
    """Whether it looks for others at a place that its own package does not fill."""
    for beyond in _origins(library):
        path = os.path.normpath(f"{library.parent}/{beyond}")
        if path.startswith(f"{prefix}{os.sep}") and not Path(path).is_dir():
            return True
    return False


def _origins(library: Path) -> Iterator[str]:
    """The paths in a file that begin at its own; that they stand in an ELF header is not asked."""
    if library.is_symlink() or library.stat().st_size == 0:
        return
    with library.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for found in _ORIGIN.finditer(data):
            beyond = found[1]
            if len(beyond) <= _MOST_PATH_BYTES:
                yield beyond.decode("utf-8", "replace").lstrip("/")
