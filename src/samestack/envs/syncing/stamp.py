"""What a sync left behind, in so few words that asking whether it still holds costs next to nothing.

A line each for the lock, the files that ask for packages, the interpreter and the directories of packages,
with what ``stat`` tells of it. As long as all of it is as it was, another sync has nothing to do, and need
not even import what would find that out. So nothing is imported here but what Python has loaded anyway.
"""
# ruff: noqa: PTH116, PTH208 - pathlib alone takes longer to load than all of this to run

import os
from collections.abc import Iterable

from samestack import __version__

FORM = f"samestack {__version__} sync 1"
_MISSING = "-"
_MAX_BYTES = 64 * 1024
_NOTHING = ["", "", "", ""]


def path_in(environment: str) -> str:
    """Where the stamp of an environment is."""
    return f"{environment}/.samestack/stamp"


def is_unchanged(environment: str) -> bool:
    """Whether an environment and all that it was made from are as the last sync left them."""
    return bool(last_words(environment))


def last_words(environment: str, project: str = "") -> str:
    """What the last sync of an environment said, if it would say the same now; empty otherwise.

    Where ``project`` is given, the sync must have been that of the project in this directory.
    """
    form, words, directory, place, *signs = _lines(environment)
    if form != FORM or place != identity(environment) or (project and directory != identity(project)):
        return ""
    for line in signs:
        said, _, path = line.partition("\t")
        if said != sign(path):
            return ""
    return words if signs else ""


def text_of(words: str, environment: str, project: str, paths: Iterable[str]) -> str:
    """The text of a stamp as of now; without a ``project`` it is no stamp of a sync without options."""
    signs = (f"{sign(path)}\t{path}" for path in paths if "\n" not in path)
    return "\n".join((FORM, words, identity(project) if project else "", identity(environment), *signs))


def _lines(environment: str) -> list[str]:
    try:
        file = os.open(path_in(environment), os.O_RDONLY)
    except OSError:
        return _NOTHING
    try:
        text = os.read(file, _MAX_BYTES).decode("utf-8", "surrogateescape")
    finally:
        os.close(file)
    lines = text.split("\n")
    return lines if len(lines) > len(_NOTHING) else _NOTHING


def sign(path: str) -> str:
    """What is where the path leads: for a directory also how many entries it has."""
    try:
        status = os.stat(path)
        entries = len(os.listdir(path)) if status.st_mode & 0o170000 == 0o040000 else 0
    except OSError:
        return _MISSING
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {entries}"


def identity(directory: str) -> str:
    """A directory by its number, however it is named; its entries come and go."""
    try:
        status = os.stat(directory)
    except OSError:
        return _MISSING
    return f"{status.st_dev} {status.st_ino}"
