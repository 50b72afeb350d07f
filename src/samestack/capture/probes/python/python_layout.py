"""How Pythons lie in a file system: the names of their directories, and where their packages go.

Upstream's rules are those of CPython's ``site`` and ``sysconfig``; Debian and Fedora have their own.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from samestack.capture.tree import Tree

LIBRARY_DIRECTORIES: Final = ("lib", "lib64")
"""Where below a prefix a Python's own directory may be."""

_LIBRARY_NAME = re.compile(r"(?:python|pypy)(?P<series>3\.(?P<minor>\d{1,2}))t?")
_LANDMARK: Final = "os.py"  # what CPython itself looks for, to know its standard library
_DEBIAN_PACKAGES: Final = "/usr/lib/python3/dist-packages"


def series_of(library_name: str) -> str:
    """``3.13`` of ``python3.13t``; empty for what is no Python's directory."""
    match = _LIBRARY_NAME.fullmatch(library_name)
    return match["series"] if match else ""


def library_names(tree: Tree, prefix: str) -> list[str]:
    """The names of the Python directories below a prefix (``python3.11``, ``pypy3.10``), the newest last."""
    found = {
        (int(match["minor"]), entry.name)
        for directory in LIBRARY_DIRECTORIES
        for entry in tree.entries(f"{prefix.rstrip('/')}/{directory}")
        if (match := _LIBRARY_NAME.fullmatch(entry.name))
    }
    return [name for _, name in sorted(found)]


def standard_library(tree: Tree, prefix: str, library_name: str) -> str | None:
    """The directory of a Python's standard library below a prefix, if it is there."""
    candidates = (f"{prefix.rstrip('/')}/{directory}/{library_name}" for directory in LIBRARY_DIRECTORIES)
    return next((path for path in candidates if tree.is_file(f"{path}/{_LANDMARK}")), None)


def base_site_directories(tree: Tree, prefix: str, library_name: str) -> tuple[str, ...]:
    """The site directories of an interpreter outside virtual environments, in the order of ``sys.path``."""
    return existing_directories(tree, _base_candidates(tree, prefix.rstrip("/"), library_name))


def venv_site_directories(tree: Tree, prefix: str, library_name: str) -> tuple[str, ...]:
    """The site directories of a virtual environment; ``lib64`` is a link to ``lib`` in most."""
    return existing_directories(
        tree, (f"{prefix.rstrip('/')}/{name}/{library_name}/site-packages" for name in LIBRARY_DIRECTORIES)
    )


def existing_directories(tree: Tree, paths: Iterable[str]) -> tuple[str, ...]:
    """Those that are there, each once, with their links followed."""
    return tuple(
        dict.fromkeys(path for one in paths if (path := resolved(tree, one)) and tree.is_directory(path))
    )


def resolved(tree: Tree, path: str) -> str | None:
    """The path with every link followed; ``None`` when the links lead round in a circle."""
    try:
        return tree.resolve(path)
    except OSError:
        return None


def _base_candidates(tree: Tree, prefix: str, library_name: str) -> Iterator[str]:
    if prefix == "/usr" and tree.is_directory(_DEBIAN_PACKAGES):
        yield f"/usr/local/lib/{library_name}/dist-packages"
        yield _DEBIAN_PACKAGES
        yield f"/usr/lib/{library_name}/dist-packages"
        return
    if prefix == "/usr" and (standard_library(tree, prefix, library_name) or "").startswith("/usr/lib64/"):
        # Fedora's and SUSE's Python looks for what administrators install before its own packages.
        yield f"/usr/local/lib64/{library_name}/site-packages"
        yield f"/usr/local/lib/{library_name}/site-packages"
    yield f"{prefix}/lib64/{library_name}/site-packages"
    yield f"{prefix}/lib/{library_name}/site-packages"
