"""From clues to a draft: which value each part of the manifest gets, and what was doubtful about it."""

import platform as this_machine
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from packaging.version import Version

from samestack.project.inference.clue import Clue, Kind, Seen
from samestack.project.inference.draft import Draft, Entry
from samestack.project.inference.package_entries import constraint_entries, package_entries
from samestack.project.inference.python_entries import (
    PYTHON,
    REQUIRES_PYTHON,
    missing_modules,
    python_entries,
)
from samestack.project.manifest import Backend

_THIS_MACHINE: Final = {
    ("linux", "x86_64"): "linux-64",
    ("linux", "aarch64"): "linux-aarch64",
    ("darwin", "x86_64"): "osx-64",
    ("darwin", "arm64"): "osx-arm64",
    ("win32", "AMD64"): "win-64",
}
_OWN: Final = "tool.samestack"


class Given(Struct, frozen=True, kw_only=True):
    """What is not to be inferred from clues."""

    name: str
    """The directory's."""
    backend: Backend
    backend_reason: str
    python: str = ""
    """What was asked for, or else what the manifest says already."""
    is_python_asked: bool = False
    is_declared: bool = False
    """Whether a manifest, or an environment of conda's, says already what is needed."""


def drafted(seen: Seen, given: Given) -> Draft:
    """The draft that the clues speak for."""
    clues = seen.clues
    backend = Entry(key=f"{_OWN}.backend", value=given.backend, places=(given.backend_reason,))
    python = python_entries(clues, given.python, is_asked=given.is_python_asked)
    return Draft.joined(
        (
            Draft(tuple(_identity(clues, given))),
            Draft(_in_order(python, REQUIRES_PYTHON)),
            package_entries(clues, is_declared=given.is_declared),
            Draft((backend,)),
            Draft(_in_order(python, PYTHON), python.doubts),
            Draft((*_platforms(clues), *_system_packages(clues), *_cuda(clues))),
            constraint_entries(clues),
            Draft((), tuple(_about_modules(clues, python))),
            Draft((), seen.doubts),
        )
    )


def _in_order(python: Draft, key: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in python.entries if entry.key == key)


def _identity(clues: Sequence[Clue], given: Given) -> Iterator[Entry]:
    named = next((one for one in clues if one.kind is Kind.NAME), None)
    name = _name(named.value if named is not None else given.name)
    place = named.place if named is not None else "the directory's name"
    yield Entry(key="project.name", value=name, places=(place,))
    dynamic = {one.value: one.place for one in clues if one.kind is Kind.DYNAMIC}
    if "version" not in dynamic:
        yield Entry(key="project.version", value="0.1.0", places=("nothing tells one",))
    for field, told in dynamic.items():
        yield Entry(key="project.dynamic", value=field, places=(told,))


def _name(text: str) -> str:
    """A name that the standard allows, of a directory that may be called anything."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "project"


def _platforms(clues: Sequence[Clue]) -> Iterator[Entry]:
    told: dict[str, list[str]] = {}
    if own := _THIS_MACHINE.get((sys.platform, this_machine.machine())):
        told[own] = ["this machine"]
    for one in clues:
        if one.kind is Kind.PLATFORM:
            told.setdefault(one.value, []).append(one.place)
    for platform, places in told.items():
        yield Entry(key=f"{_OWN}.platforms", value=platform, places=tuple(dict.fromkeys(places)))


def _system_packages(clues: Sequence[Clue]) -> Iterator[Entry]:
    told: dict[str, list[str]] = {}
    for one in clues:
        if one.kind is Kind.SYSTEM_PACKAGE:
            told.setdefault(one.value, []).append(one.place)
    for package, places in told.items():
        yield Entry(key=f"{_OWN}.system-packages", value=package, places=tuple(dict.fromkeys(places)))


def _cuda(clues: Sequence[Clue]) -> Iterator[Entry]:
    """A driver has to be able to run the newest that is named."""
    said = [one for one in clues if one.kind is Kind.CUDA]
    if said:
        newest = max(said, key=lambda one: Version(one.value))
        places = tuple(dict.fromkeys(one.place for one in said if one.value == newest.value))
        yield Entry(key=f"{_OWN}.host.cuda", value=newest.value, places=places)


def _about_modules(clues: Sequence[Clue], python: Draft) -> Iterator[str]:
    chosen = next((entry.value for entry in python.entries if entry.key == PYTHON), "")
    modules = [(one.value, one.place) for one in clues if one.kind is Kind.STANDARD_MODULE]
    return missing_modules(modules, chosen) if chosen else iter(())
