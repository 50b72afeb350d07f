"""The C library with what programs that run on it can load: read for deep captures alone."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from samestack.capture.elf import Elf, is_elf
from samestack.capture.observation import Observation
from samestack.capture.probes.system.c_library import read_c_library
from samestack.capture.probes.system.loader_libraries import (
    glibc_libraries,
    loader_directories,
    musl_libraries,
)
from samestack.capture.tree import Tree
from samestack.errors import InputError
from samestack.model import Component, Value

_CPP_LIBRARY: Final = "libstdc++.so.6"
_CPP_VERSION = re.compile(rb"\0GLIBCXX_(\d{1,3}(?:\.\d{1,3}){1,2})(?=\0)")


def read_loader(tree: Tree, library_path: Sequence[str] = ()) -> Observation:
    """The C library with its circumstances ``libraries``, the sonames that its loader finds, and ``glibcxx``.

    ``glibcxx`` is the newest symbol version that the system's C++ library offers. ``library_path`` are the
    directories of ``LD_LIBRARY_PATH``. Other libraries make no other C library: these are no facts of it.
    """
    observation = read_c_library(tree)
    components = tuple(_with_libraries(tree, one, library_path) for one in observation.components)
    return Observation(components, observation.remarks)


def _with_libraries(tree: Tree, component: Component, library_path: Sequence[str]) -> Component:
    architecture = component.facts.get("architecture", "")
    if not isinstance(architecture, str) or not architecture:
        return component
    if component.name == "musl":
        found: dict[str, Value] = {"libraries": musl_libraries(tree, architecture, library_path)}
    else:
        found = {
            "libraries": glibc_libraries(tree, architecture, library_path),
            "glibcxx": _highest(_versions(tree, (*library_path, *loader_directories(architecture)))),
        }
    kept = {name: value for name, value in found.items() if value}
    return replace(component, circumstances={**component.circumstances, **kept})


def _versions(tree: Tree, directories: Sequence[str]) -> list[str]:
    """The symbol versions that the first C++ library offers that the loader comes upon."""
    for directory in directories:
        path = f"{directory}/{_CPP_LIBRARY}"
        if tree.is_file(path):
            return list(_versions_in(tree, path))
    return []


def _versions_in(tree: Tree, path: str) -> Iterator[str]:
    try:
        with tree.open(path) as file:
            names = Elf(file, tree.shown(path)).dynamic.names if is_elf(file) else b""
    except (OSError, InputError):  # one that cannot be read tells nothing, and nothing is held against it
        return
    for match in _CPP_VERSION.finditer(names):
        yield match[1].decode()


def _highest(versions: Sequence[str]) -> str:
    return max(versions, key=lambda version: tuple(map(int, version.split("."))), default="")
