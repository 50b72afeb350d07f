"""An installation of Python copied from this machine, for a base that has none, or another one."""

import functools
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.envs.interpreters.finding import find_interpreter
from samestack.errors import OutsideError, RequestError
from samestack.image.building.parts import Part, writing
from samestack.image.building.project_parts import files_key
from samestack.image.building.python_needs import PythonNeeds, python_needs
from samestack.image.building.venv import ImagePython
from samestack.image.layers.contents import FileContent
from samestack.image.layers.entry import EntryKind, LayerEntry
from samestack.oci.images import machine_platform
from samestack.oci.platform import Platform

COPY: Final = "copy"
PLACE: Final = "opt/python"
"""Where it stands in the image: CPython finds its library from where its executable is."""
_LIBRARIES: Final = "usr/lib"
"""Where every loader looks, whatever path was written into the executable when it was built."""
_LEFT_OUT: Final = frozenset(
    {"__pycache__", "ensurepip", "idlelib", "site-packages", "test", "tests", "tkinter", "turtledemo"}
)
"""Directories of the library that a program in a container does not need; ``venv`` and ``pip`` bring more."""
_LEFT_OUT_ENDINGS: Final = (".a", ".pyc", ".pyo")
_LEFT_OUT_MODULES: Final = ("_tkinter.", "_test", "_ctypes_test.", "_xxtestfuzz.", "xxlimited")
"""How the names of compiled modules begin that no program in a container imports."""


class CopiedPython(Struct, frozen=True, kw_only=True):
    """An installation that comes into the image."""

    python: ImagePython
    part: Part
    needs: PythonNeeds


@functools.cache
def copied_python(said: str, series: str, platform: Platform) -> CopiedPython:
    """The interpreter at its place in the image, and the layer with it.

    ``said`` is ``copy`` or the path of an installation. :class:`RequestError` for one of another series or
    processor.
    """
    if not machine_platform().serves(platform):
        hint = "take a base that has Python: a Python of this machine runs on machines of its kind alone"
        raise RequestError(f"no Python of this machine can be copied for {platform}", hint=hint)
    found = find_interpreter(series if said == COPY else said, may_fetch=said == COPY)
    if found.series != series:
        raise RequestError(f"{found.path} is Python {found.version}, and the lock is for {series}")
    root = found.path.resolve().parent.parent
    entries = tuple(_entries(root, series))
    title = f"Python {found.version}"
    return CopiedPython(
        python=ImagePython(executable=f"/{PLACE}/bin/python{series}", version=found.version),
        part=Part(kind="python", title=title, key=files_key(entries), write=writing(lambda: entries)),
        needs=python_needs(_files(entries)),
    )


def _files(entries: Iterable[LayerEntry]) -> Iterator[Path]:
    for one in entries:
        if isinstance(one.content, FileContent):
            yield one.content.path


def _entries(root: Path, series: str) -> Iterator[LayerEntry]:
    yield _file(root / f"bin/python{series}", f"{PLACE}/bin/python{series}")
    for name in ("python3", "python"):
        yield _link(f"{PLACE}/bin/{name}", f"python{series}")
    for path in sorted((root / "lib").glob("libpython*.so*")):
        yield _file(path, f"{PLACE}/lib/{path.name}")
        yield _link(f"{_LIBRARIES}/{path.name}", f"/{PLACE}/lib/{path.name}")
    yield from _library(root / f"lib/python{series}", f"{PLACE}/lib/python{series}")


def _library(directory: Path, place: str) -> Iterator[LayerEntry]:
    try:
        with os.scandir(directory) as found:
            listed = sorted(found, key=lambda one: one.name)
    except OSError as error:
        raise OutsideError(f"{directory}: cannot be read: {error.strerror}") from None
    for one in listed:
        if one.name in _LEFT_OUT or one.name.endswith(_LEFT_OUT_ENDINGS):
            continue
        if one.name.endswith(".so") and one.name.startswith(_LEFT_OUT_MODULES):
            continue
        if one.is_dir():
            yield from _library(Path(one.path), f"{place}/{one.name}")
        elif one.is_file():
            yield _file(Path(one.path), f"{place}/{one.name}")


def _file(path: Path, place: str) -> LayerEntry:
    mode = 0o755 if os.access(path, os.X_OK) else 0o644
    return LayerEntry(path=place, mode=mode, content=FileContent.of(path))


def _link(place: str, target: str) -> LayerEntry:
    return LayerEntry(path=place, kind=EntryKind.SYMLINK, mode=0o777, target=target)
