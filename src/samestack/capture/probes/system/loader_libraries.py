"""Which shared libraries a program can load that names them by name alone: what the dynamic loader finds."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from samestack.capture.probes.system.loader_cache import cached_libraries
from samestack.capture.probes.text import shown_text
from samestack.capture.tree import Tree
from samestack.errors import InputError

_CACHE: Final = "/etc/ld.so.cache"
_MAX_CACHE_BYTES: Final = 16 * 1024 * 1024
_CONFIGURATION: Final = "/etc/ld.so.conf"
_MAX_CONFIGURATION_BYTES: Final = 64 * 1024
_MAX_CONFIGURATIONS: Final = 64
_DEFAULT: Final = ("/lib64", "/usr/lib64", "/lib", "/usr/lib")
_MULTIARCH: Final = {
    "x86_64": "x86_64-linux-gnu",
    "aarch64": "aarch64-linux-gnu",
    "armv7l": "arm-linux-gnueabihf",
    "i686": "i386-linux-gnu",
    "ppc64le": "powerpc64le-linux-gnu",
    "s390x": "s390x-linux-gnu",
    "riscv64": "riscv64-linux-gnu",
    "loongarch64": "loongarch64-linux-gnu",
}
"""Debian's directory names of architectures."""
_OF_MUSL: Final = ("/lib", "/usr/local/lib", "/usr/lib")
_LIBRARY = re.compile(r"(?:lib|ld-)[^/\x00-\x1f\x7f\ud800-\udfff]{1,200}?\.so(?:\.\w+)*", re.ASCII)
_VERSION_PART = re.compile(r"\.\w+$", re.ASCII)


def glibc_libraries(tree: Tree, architecture: str, library_path: Sequence[str] = ()) -> tuple[str, ...]:
    """By the loader's cache, its own directories, and those that ``LD_LIBRARY_PATH`` names.

    Where there is no cache the directories are searched that ldconfig would make it of.
    """
    names = set(cached_libraries(_read(tree, _CACHE, _MAX_CACHE_BYTES), architecture))
    configured = () if names else _configured(tree)
    directories = (*loader_directories(architecture), *configured, *library_path)
    return shortest(names.union(_names(tree, directories)))


def loader_directories(architecture: str) -> tuple[str, ...]:
    """The directories that are built into glibc's loader: Debian's, or else those of the others."""
    multiarch = _MULTIARCH.get(architecture, "")
    own = [f"{place}/{multiarch}" for place in ("/lib", "/usr/lib") if multiarch]
    return (*own, *_DEFAULT)


def musl_libraries(tree: Tree, architecture: str, library_path: Sequence[str] = ()) -> tuple[str, ...]:
    """By the file that musl's loader reads its directories from, or else by those that are built into it."""
    text = _read(tree, f"/etc/ld-musl-{architecture}.path", _MAX_CONFIGURATION_BYTES).decode(
        "utf-8", "replace"
    )
    stated = [one for one in re.split(r"[:\n]", text) if one.startswith("/")]
    return shortest(_names(tree, (*(stated or _OF_MUSL), *library_path)))


def libraries_in(tree: Tree, directory: str) -> tuple[str, ...]:
    """The libraries in a directory of one's own, as the ``lib`` of a conda prefix is."""
    return shortest(_names(tree, (directory,)))


def shortest(names: Iterable[str]) -> tuple[str, ...]:
    """Sorted, without the names that go on from another one: beside ``libz.so.1`` no ``libz.so.1.3.1``."""
    known = set(names)
    return tuple(sorted(shown_text(name) for name in known if not _goes_on(name, known)))


def _goes_on(name: str, known: set[str]) -> bool:
    shorter = _VERSION_PART.sub("", name)
    while ".so." in shorter:
        if shorter in known:
            return True
        shorter = _VERSION_PART.sub("", shorter)
    return False


def _names(tree: Tree, directories: Iterable[str]) -> Iterator[str]:
    # /lib is a link to /usr/lib on most systems: each place is read once.
    for directory in dict.fromkeys(tree.resolve(one) for one in directories if one.startswith("/")):
        for entry in tree.entries(directory):
            if entry.is_file and ".so" in entry.name and _LIBRARY.fullmatch(entry.name):
                yield entry.name


def _configured(tree: Tree) -> Iterator[str]:
    """The directories of ``ld.so.conf`` and of all that it includes."""
    pending, read = [_CONFIGURATION], set[str]()
    while pending and len(read) < _MAX_CONFIGURATIONS:
        path = pending.pop()
        if path in read:
            continue
        read.add(path)
        for line in _read(tree, path, _MAX_CONFIGURATION_BYTES).decode("utf-8", "replace").splitlines():
            word, _, rest = line.partition("#")[0].strip().partition(" ")
            if word == "include":
                pending += _included(tree, posixpath.join(posixpath.dirname(path), rest.strip()))
            elif word.startswith("/"):
                yield word


def _included(tree: Tree, pattern: str) -> list[str]:
    """The files that an include line means: its star, where it has one, stands in the last part."""
    directory, name = posixpath.split(pattern)
    start, star, end = name.partition("*")
    if not star:
        return [pattern]
    found = (one for one in tree.entries(directory) if one.is_file)
    return [one.path for one in found if one.name.startswith(start) and one.name.endswith(end)]


def _read(tree: Tree, path: str, limit: int) -> bytes:
    try:
        return tree.read(path, limit=limit)
    except (OSError, InputError):
        return b""
