"""What a change is about to touch in an environment, kept by links until the change has gone well.

A second name costs no space, so an environment can be brought back on a disk that is full, too. What is kept
are the files of the packages that change, and what stands beside them.
"""
# ruff: noqa: PTH103, PTH105, PTH108, PTH112, PTH113, PTH114, PTH120, PTH123, PTH208 - thousands of paths, all of them texts below one directory

import contextlib
import csv
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from samestack.envs.transaction.journal import UNDO
from samestack.envs.venv.site_directories import metadata_directories, site_directories
from samestack.files import remove_directory
from samestack.model import normalized_python_name


class Undo(Struct, frozen=True, kw_only=True):
    """The way back to what an environment was. Paths are absolute."""

    place: str
    kept: frozenset[str]
    """The files that changing packages had."""
    listed: frozenset[str]
    """All that was in the directories which the change can write into."""


def prepared(place: Path, names: Iterable[str]) -> Undo | None:
    """Keep the files of the named packages; ``None`` where the file system has no links."""
    prefix = str(place)
    kept = frozenset(_files_of(prefix, frozenset(names)))
    undo = Undo(place=prefix, kept=kept, listed=frozenset(_listed(prefix, kept)))
    try:
        _link(undo)
    except OSError:
        return None
    return undo


def undone(undo: Undo) -> None:
    """Bring everything back: what was added goes, what is gone or altered is as it was."""
    for path in list(_listed(undo.place, undo.kept)):
        if path not in undo.listed:
            _delete(path)
    for file in undo.kept:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        os.replace(_copy_of(file, undo.place), file)


def _link(undo: Undo) -> None:
    copies = {file: _copy_of(file, undo.place) for file in undo.kept}
    for directory in {os.path.dirname(copy) for copy in copies.values()}:
        os.makedirs(directory, exist_ok=True)
    for file, copy in copies.items():
        os.link(file, copy, follow_symlinks=False)


def _copy_of(file: str, place: str) -> str:
    return f"{place}/{UNDO}{file.removeprefix(place)}"


def _files_of(place: str, names: frozenset[str]) -> Iterator[str]:
    for site, name in metadata_directories(place):
        if normalized_python_name(name.partition("-")[0]) in names:
            yield from _recorded(place, site, name)


def _recorded(place: str, site: str, metadata: str) -> Iterator[str]:
    """The files that a package says it has, as far as they are there and inside the environment."""
    try:
        with open(f"{site}/{metadata}/RECORD", encoding="utf-8", newline="") as file:
            names = [row[0] for row in csv.reader(file) if row]
    except (OSError, UnicodeDecodeError, csv.Error):
        names = [f"{metadata}/{name}" for name in os.listdir(f"{site}/{metadata}")]
    for name in names:
        path = os.path.normpath(f"{site}/{name}")
        if path.startswith(f"{place}/") and (os.path.isfile(path) or os.path.islink(path)):
            yield path


def _listed(place: str, kept: Iterable[str]) -> Iterator[str]:
    """The entries of the directories of programs and packages, and all below those that the files are in."""
    sites = site_directories(place)
    for directory in (f"{place}/bin", *sites):
        with contextlib.suppress(FileNotFoundError):
            yield from (f"{directory}/{name}" for name in os.listdir(directory))
    for top in _tops(kept, sites):
        for base, directories, files in os.walk(top):
            yield from (f"{base}/{name}" for name in (*directories, *files))


def _tops(kept: Iterable[str], sites: Iterable[str]) -> frozenset[str]:
    """The directories right below those of packages which the files are in."""
    parts = (
        (site, *file.removeprefix(f"{site}/").partition("/")[:2])
        for site in sites
        for file in kept
        if file.startswith(f"{site}/")
    )
    return frozenset(f"{site}/{name}" for site, name, slash in parts if slash)


def _delete(path: str) -> None:
    if os.path.isdir(path) and not os.path.islink(path):
        remove_directory(Path(path))
    else:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
