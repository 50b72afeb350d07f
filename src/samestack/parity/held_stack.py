"""What of a snapshot is held against others: the one Python with its packages, and the system below it."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from samestack.compare.markers import applicable, marker_environment
from samestack.compare.releases import SEEDS, released
from samestack.knowledge.python_names import pypi_name
from samestack.lock.decision import Lock
from samestack.lock.platforms import marker_environment as markers_of_platform
from samestack.lock.selecting import local_projects
from samestack.model import Component, Ecosystem, Layer, Snapshot, Stack, Standing

_CARRIES_SYSTEM: Final = frozenset(
    {"machine", "rootfs", "oci", "image", "container", "registry", "ssh", "kubernetes"}
)
_SYSTEM_PACKAGES: Final = (Ecosystem.DEBIAN, Ecosystem.RPM, Ecosystem.ALPINE)
_PLATFORM: Final = "linux-64"


class HeldStack(Struct, frozen=True, kw_only=True):
    """An environment's own part of a snapshot, beside what the lock decides for it."""

    python: Component | None
    """Its interpreter; ``None`` where that is not told."""
    packages: Stack
    """All that a lock decides, as releases; of what only wishes, the wishes."""
    locked: Stack = Stack()
    """What it is to be; empty without a lock."""
    decided: Stack = Stack()
    """All that the lock decides for it, as it stands there."""


def held_stack(snapshot: Snapshot, lock: Lock | None, own: str) -> HeldStack:
    """What of a snapshot is held against a lock; ``own`` is the project itself, which no lock decides.

    Of an image with several Pythons it is the one that has most of the locked packages.
    """
    names = {one.name for one in lock.snapshot.stack} if lock else set[str]()
    python, packages = _environment(snapshot, names)
    markers = _markers(lock, python, snapshot)
    locked = _applying(lock.snapshot.stack, markers) if lock else Stack()
    packages = _applying(packages, markers)
    has_native = _has_conda(locked) and _has_conda(packages)
    unlocked = _unlocked_names(locked, own)
    spoken = _released if snapshot.origin.standing is not Standing.WANTED else _as_said
    return HeldStack(
        python=python,
        packages=spoken(packages, unlocked, has_native=has_native),
        locked=spoken(locked, unlocked, has_native=has_native),
        decided=locked,
    )


def _environment(snapshot: Snapshot, names: Collection[str]) -> tuple[Component | None, Stack]:
    groups: dict[str, list[Component]] = defaultdict(list)
    for one in snapshot.stack:
        if one.layer is Layer.PACKAGES or one.ecosystem is Ecosystem.CONDA:
            groups[one.at].append(one)
    at = max(sorted(groups), key=lambda place: _weight(groups[place], names), default=None)
    pythons = [one for one in snapshot.stack.layer(Layer.PYTHON) if one.name == "python"]
    own = [one for one in pythons if one.at == at] or (pythons if len(pythons) == 1 else [])
    return next(iter(own), None), Stack.of(groups[at] if at is not None else [])


def _weight(packages: Collection[Component], names: Collection[str]) -> tuple[int, int]:
    return sum(one.name in names for one in packages), len(packages)


def _markers(lock: Lock | None, python: Component | None, snapshot: Snapshot) -> Mapping[str, str] | None:
    """The values of markers by the environment's Python, and by the lock's where that is not told."""
    own = marker_environment(Stack.of([python] if python else []), snapshot.host)
    if own is not None or lock is None or not lock.table.python:
        return own
    named = lock.table.platforms
    return markers_of_platform(_PLATFORM if _PLATFORM in named or not named else named[0], lock.table.python)


def _applying(stack: Stack, markers: Mapping[str, str] | None) -> Stack:
    return stack if markers is None else applicable(stack, markers)


def _unlocked_names(locked: Stack, own: str) -> frozenset[str]:
    """The packages that a lock says nothing of: what installers bring unasked, and projects of a machine."""
    named = {one.name for one in locked}
    return frozenset({*(SEEDS - named), *local_projects(locked), *([own] if own else [])})


def _has_conda(stack: Stack) -> bool:
    return any(one.ecosystem is Ecosystem.CONDA for one in stack)


def _released(stack: Stack, but: Collection[str], *, has_native: bool) -> Stack:
    return Stack.of(released(_spoken(stack, has_native=has_native), but=but))


def _as_said(stack: Stack, but: Collection[str], *, has_native: bool) -> Stack:
    return Stack.of(one for one in _spoken(stack, has_native=has_native) if one.name not in but)


def _spoken(stack: Stack, *, has_native: bool) -> Iterator[Component]:
    """Conda's native packages count where both sides can have them: no index carries these."""
    return (one for one in stack if one.layer is Layer.PACKAGES or has_native)


def package_identity(component: Component) -> Hashable:
    """A Python package is the same thing whether an index or a conda channel carries it."""
    is_conda = component.ecosystem is Ecosystem.CONDA
    return pypi_name(component.name).name if is_conda else component.name


def is_wish(snapshot: Snapshot) -> bool:
    """Whether it only says what is wanted: then it has no digest."""
    return snapshot.origin.standing is Standing.WANTED


def has_system(snapshot: Snapshot) -> bool:
    """Whether it carries an operating system, and tells all of it; of a venv it is the host's."""
    origin = snapshot.origin
    return origin.kind in _CARRIES_SYSTEM and {Layer.OS, Layer.SYSTEM} <= set(origin.complete)


def system_of(snapshot: Snapshot) -> Iterator[Component]:
    """The operating system: its release, its C library, its packages."""
    for one in snapshot.stack:
        if one.ecosystem in _SYSTEM_PACKAGES or one.layer is Layer.OS:
            yield one
