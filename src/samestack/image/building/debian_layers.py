"""A base of Debian packages as the lowest layers: what the lock says, else what the mirror has now."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from threading import Lock as ThreadLock
from typing import Any, Final

from samestack.capture.documents import load_toml
from samestack.errors import RequestError
from samestack.image.building.base import Base, scratch
from samestack.image.building.parts import Part, writing
from samestack.image.building.venv import ImagePython
from samestack.image.building.wanted_base import WantedBase
from samestack.image.debian.base import BaseLayer, DebianBase, base_layers, debian_base, decide
from samestack.image.debian.locked import LockedDebian, LockedPackage, from_table
from samestack.image.layers.entry import LayerEntry
from samestack.knowledge.library_packages import library_package
from samestack.lock.decision import Lock
from samestack.progress import Reporter

_PYTHON: Final = "python3"
_TAKEN_FOR_GRANTED: Final = ("libstdc++6",)
"""What wheels may need of every system (PEP 600: they bring all but a few libraries) and no package of Debian
that is in every base does; ``libgl1`` and its like are for the project to name."""
_C_LIBRARY: Final = "libc6"
_BEFORE_13: Final = ("buster", "bullseye", "bookworm")
"""Suites of Debian whose packages have the names that they had before 64-bit times (``libssl3``)."""


def debian_layers(suite: str, wanted: WantedBase, reporter: Reporter, opened: ExitStack) -> Base:
    """The base; packages are fetched for those layers alone that nobody has. ``opened`` closes it.

    :class:`RequestError` for a suite that has another Python than the lock is for.
    """
    found = locked_debian(wanted.lock)
    remarks: tuple[str, ...] = ()
    if found is None or found.suite != suite:
        found, remarks = _decided(suite, wanted, reporter)
    _check_requested(found, wanted)
    architecture = wanted.platform.architecture
    packages = {one.name: one for one in found.of(architecture)}
    base = opened.enter_context(
        debian_base(found, architecture, environment=wanted.environment, reporter=reporter)
    )
    return Base(
        config=scratch(wanted.platform).config,
        layers=tuple(_parts(base, base_layers(found.of(architecture)))),
        name=f"debian:{suite}",
        python=_python(packages, suite, wanted),
        glibc=_glibc(packages),
        remarks=remarks,
    )


def locked_debian(lock: Lock) -> LockedDebian | None:
    """The packages of Debian that a lock decides, if it does."""
    if lock.path.suffix != ".toml":
        return None
    table: Any = load_toml(lock.path, dict[str, Any])
    for key in ("tool", "samestack", "image", "debian"):
        table = table.get(key) if isinstance(table, dict) else None
    return from_table(table, file=str(lock.path)) if isinstance(table, dict) else None


def requested_packages(
    suite: str, system_packages: tuple[str, ...], *, needs_python: bool, libraries: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """What a base is asked for: what the program needs, and Python, or what a Python from elsewhere needs.

    ``libraries`` are the latter's, by their sonames; what brings one that no table knows is not asked for.
    """
    python = (_PYTHON,) if needs_python else _bringing(libraries, suite)
    return (*_TAKEN_FOR_GRANTED, *python, *system_packages)


def _bringing(libraries: tuple[str, ...], suite: str) -> tuple[str, ...]:
    rows = [row for row in map(library_package, libraries) if row is not None]
    is_renamed = suite not in _BEFORE_13
    named = (row.debian_13 if is_renamed and row.debian_13 is not None else row.debian for row in rows)
    return tuple(sorted({name for name in named if name}))


def _requested(suite: str, wanted: WantedBase) -> tuple[str, ...]:
    return requested_packages(
        suite, wanted.system_packages, needs_python=wanted.needs_python, libraries=wanted.libraries
    )


def _decided(suite: str, wanted: WantedBase, reporter: Reporter) -> tuple[LockedDebian, tuple[str, ...]]:
    decided = decide(
        suite,
        _requested(suite, wanted),
        (wanted.platform.architecture,),
        environment=wanted.environment,
        reporter=reporter,
    )
    unlocked = f"{wanted.lock.path.name} does not lock the packages of debian:{suite}: they are today's"
    return decided.locked, (*decided.remarks, f"{unlocked}; --lock-base writes them into it")


def _check_requested(locked: LockedDebian, wanted: WantedBase) -> None:
    """A base that was locked before more was asked for lacks it."""
    asked = _requested(locked.suite, wanted)
    missing = sorted(set(asked) - set(locked.requested))
    if missing:
        said = f"its packages of debian:{locked.suite} were decided without {', '.join(missing)}"
        raise RequestError(f"{wanted.lock.path}: {said}", hint="decide them anew: --lock-base")


def _parts(base: DebianBase, layers: tuple[BaseLayer, ...]) -> Iterator[Part]:
    # Layers are written by several threads, and the base unpacks for one at a time.
    alone = ThreadLock()
    for layer in layers:
        yield Part(kind="base", title=layer.title, key=layer.key, write=writing(_entries(base, layer, alone)))


def _entries(base: DebianBase, layer: BaseLayer, alone: ThreadLock) -> Callable[[], tuple[LayerEntry, ...]]:
    def entries() -> tuple[LayerEntry, ...]:
        with alone:
            return base.entries(layer)

    return entries


def _python(packages: dict[str, LockedPackage], suite: str, wanted: WantedBase) -> ImagePython | None:
    if not wanted.needs_python:
        return None
    found = packages.get(f"python{wanted.python}-minimal")
    if found is None:
        hint = (
            'name another suite, or copy a Python of this machine: python = "copy" in [tool.samestack.image]'
        )
        raise RequestError(f"debian:{suite} has no Python {wanted.python}, which the lock is for", hint=hint)
    return ImagePython(executable=f"/usr/bin/python{wanted.python}", version=_upstream(found.version))


def _glibc(packages: dict[str, LockedPackage]) -> tuple[int, int] | None:
    found = packages.get(_C_LIBRARY)
    if found is None:
        return None
    major, minor = _upstream(found.version).split(".")[:2]
    return int(major), int(minor)


def _upstream(version: str) -> str:
    """``3.11.2`` of ``3.11.2-6+deb12u6``."""
    return version.rpartition(":")[2].partition("-")[0].partition("+")[0]
