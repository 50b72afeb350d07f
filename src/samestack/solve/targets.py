"""Where the result is to run: which Python and which platform, and in a sentence each, why these."""

import platform as this_machine
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from samestack.errors import RequestError
from samestack.model import Component, Layer, Snapshot
from samestack.solve.problem import Target
from samestack.solve.wish_files.asked import PythonWish

GLIBC_STEPS: Final = (17, 28, *range(31, 41))
"""The minor versions of glibc 2 that uv knows a platform for."""

_CONDA_PLATFORMS: Final = {
    "linux-64": "x86_64-unknown-linux-gnu",
    "linux-aarch64": "aarch64-unknown-linux-gnu",
    "osx-64": "x86_64-apple-darwin",
    "osx-arm64": "aarch64-apple-darwin",
    "win-64": "x86_64-pc-windows-msvc",
}
_OLDEST, _NEWEST = 7, 20


class Candidate(Struct, frozen=True):
    """A Python that could be meant, and in words, which it is."""

    version: str
    name: str


def chosen_target(
    pythons: Sequence[PythonWish],
    candidates: Sequence[Candidate],
    *,
    python: str = "",
    platform: str = "",
    host: Snapshot | None = None,
) -> tuple[Target, tuple[str, ...]]:
    """The target, and a sentence for each thing that was not asked for outright.

    ``candidates`` are the Pythons that are there, the most likely one first; the first that the files allow
    is taken, else the oldest that they allow. :class:`RequestError` where they allow none.
    """
    chosen, notes = _python(pythons, candidates, python)
    tag, about_platform = _platform(platform, host)
    return Target(python=chosen, platform=tag), (*notes, *about_platform)


def candidate_of(snapshot: Snapshot) -> Iterator[Candidate]:
    """The Python of an environment, where it has one and only one."""
    versions = {
        one.version for one in snapshot.stack.layer(Layer.PYTHON) if one.name == "python" and one.version
    }
    if len(versions) == 1:
        yield Candidate(str(versions.pop()), f"that of {snapshot.origin.reference}")


def this_python() -> Candidate:
    """The Python that runs samestack."""
    return Candidate(this_machine.python_version(), "the one that samestack runs on")


def manylinux_of(snapshot: Snapshot) -> str:
    """What uv calls the platform of a host, by its C library; empty where that is not known."""
    for library in snapshot.stack.layer(Layer.OS):
        architecture = library.facts.get("architecture") or "x86_64"
        if library.name == "musl":
            return f"{architecture}-unknown-linux-musl"
        if library.name == "glibc" and (step := _glibc_step(library)):
            return f"{architecture}-manylinux_2_{step}"
    return ""


def _glibc_step(library: Component) -> int | None:
    """The newest platform that the library is new enough for."""
    major, _, minor = (library.version or "").partition(".")
    digits = minor.partition(".")[0]
    if major != "2" or not digits.isdecimal():
        return None
    return max((step for step in GLIBC_STEPS if step <= int(digits)), default=None)


def _platform(asked: str, host: Snapshot | None) -> tuple[str, tuple[str, ...]]:
    if asked:
        return _CONDA_PLATFORMS.get(asked, asked), ()
    if host is None:
        return "", ()
    found = manylinux_of(host)
    if not found:
        raise RequestError(
            f"{host.origin.reference} does not tell its C library, so it is no host to solve for",
            hint="name the platform with --platform",
        )
    libraries = [one.label for one in host.stack.layer(Layer.OS) if one.name in {"glibc", "musl"}]
    return found, (f"the platform is {found}, because {host.origin.reference} has {libraries[0]}",)


def _python(
    pythons: Sequence[PythonWish], candidates: Sequence[Candidate], asked: str
) -> tuple[str, tuple[str, ...]]:
    allowed = _allowed(pythons)
    places = " and ".join(dict.fromkeys(one.place for one in pythons))
    if asked:
        return _asked_python(asked, allowed, places)
    for one in candidates:
        if allowed.contains(one.version, prereleases=True):
            return one.version, (f"Python is {one.version}, {one.name}",)
    oldest = next(_series(allowed), "")
    if not oldest:
        raise RequestError(f"{places} allows no Python at all", hint="name one with --python")
    return oldest, (f"Python is {oldest}, the oldest that {places} allows",)


def _asked_python(asked: str, allowed: SpecifierSet, places: str) -> tuple[str, tuple[str, ...]]:
    try:
        version = Version(asked)
    except InvalidVersion:
        raise RequestError(f"'{asked}' is no version of Python", hint="write --python 3.12") from None
    # A series stands for all of its releases.
    newest = f"{version}.999" if len(version.release) == 2 else str(version)
    if allowed.contains(str(version), prereleases=True) or allowed.contains(newest, prereleases=True):
        return asked, ()
    return asked, (f"Python is {asked} because you say so, though {places} allows {allowed} only",)


def _allowed(pythons: Iterable[PythonWish]) -> SpecifierSet:
    allowed = SpecifierSet()
    for one in pythons:
        try:
            allowed &= SpecifierSet(one.specifier)
        except InvalidSpecifier:
            raise RequestError(f"{one.place}: '{one.specifier}' is no version specifier") from None
    return allowed


def _series(allowed: SpecifierSet) -> Iterator[str]:
    """The Pythons that are allowed, the oldest first; a series is named by its first release that is."""
    named = {str(Version(one.version.removesuffix(".*"))) for one in allowed if one.operator != "==="}
    for minor in range(_OLDEST, _NEWEST):
        series = f"3.{minor}"
        releases = sorted((one for one in named if one.startswith(f"{series}.")), key=Version)
        yield from (one for one in (series, *releases) if allowed.contains(one, prereleases=True))
