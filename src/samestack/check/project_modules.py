"""The names that a project's directory offers for import, to whoever starts a program in it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

MAX_NAMES: Final = 2000
"""How many names of one directory are kept."""

_PACKAGE: Final = "__init__.py"


def project_modules(directory: str) -> tuple[str, ...]:
    """The modules and packages of a directory, sorted; their files are not read.

    A directory without ``__init__.py`` is left out: Python prefers whatever else has its name. So is
    everything where the directory is itself a package, whose files nobody imports by their own names.
    """
    try:
        names = {name for entry in _entries(directory) if (name := _module_of(entry)).isidentifier()}
    except OSError:  # missing, or not ours to read: then no program imports from it either
        return ()
    return () if _PACKAGE.partition(".")[0] in names else tuple(sorted(names)[:MAX_NAMES])


def _entries(directory: str) -> Iterator["os.DirEntry[str]"]:
    with os.scandir(directory) as entries:
        yield from entries


def _module_of(entry: "os.DirEntry[str]") -> str:
    """``random`` of ``random.py``, and of ``random/`` with its ``__init__.py``; empty for anything else."""
    if entry.name.endswith(".py"):
        return entry.name[: -len(".py")] if entry.is_file() else ""
    return entry.name if Path(entry.path, _PACKAGE).is_file() else ""
