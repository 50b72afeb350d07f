"""Channels as a source of metadata: releases, what of the host refuses them, and what they ask for."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from threading import Lock
from typing import Protocol

from msgspec import Struct
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from samestack.solve.conda.build_demands import Demanded, common_demands, demands_of
from samestack.solve.conda.virtual_packages import LAYERS, VirtualPackage
from samestack.solve.metadata import Refusal, Release


class Build(Struct, frozen=True, kw_only=True):
    """One build of a release: what it asks for, and when it was made."""

    version: str
    depends: tuple[str, ...] = ()
    uploaded: datetime | None = None


class Channels(Protocol):
    """Who knows what the channels hold and what the host offers."""

    @property
    def host(self) -> tuple[VirtualPackage, ...]:
        """The virtual packages that are there."""

    def builds(self, name: str) -> tuple[Build, ...]:
        """Every build of a package, of whatever release."""


class CondaMetadata:
    """Facts about packages of channels, in the words of dependency specifiers; each package is read once."""

    def __init__(self, channels: Channels, names: Sequence[str]) -> None:
        self._channels = channels
        self._host = {one.name: one.version for one in channels.host}
        self._names = {str(canonicalize_name(name)): name for name in names}
        """conda's own names, by those that specifiers normalise them to."""
        self._releases: dict[str, dict[str, list[Build]]] = {}
        self._reading = Lock()

    def releases(self, name: str) -> tuple[Release, ...]:
        """All releases of a package, the oldest first; one is refused when each of its builds is."""
        by_version = self._by_version(name)
        return tuple(
            Release(version=version, refusal=self._refusal(builds), uploaded=_uploaded(builds))
            for version, builds in sorted(by_version.items(), key=lambda item: Version(item[0]))
        )

    def requires(self, name: str, version: str) -> tuple[str, ...] | None:
        """What every build of a release asks for that the host does not refuse."""
        builds = self._by_version(name).get(str(Version(version)))
        if not builds:
            return None
        usable = [one for one in builds if not list(self._unmet(one))] or builds
        asked = [{one.name: one for one in demands_of(build.depends)} for build in usable]
        self._names |= {str(canonicalize_name(demanded)): demanded for build in asked for demanded in build}
        common = common_demands(asked)
        return tuple(f"{one}{specifier}" for one, specifier in common.items() if not one.startswith("_"))

    def applies(self, marker: str, extras: frozenset[str]) -> bool:  # noqa: ARG002 - conda has neither
        """Whether a marker holds: what conda packages ask for, they ask for always."""
        return True

    def _by_version(self, name: str) -> dict[str, list[Build]]:
        own = self._names.get(str(canonicalize_name(name)), name)
        with self._reading:
            if own not in self._releases:
                found: dict[str, list[Build]] = defaultdict(list)
                for build in self._channels.builds(own):
                    if is_ordered(build.version):
                        found[str(Version(build.version))].append(build)
                self._releases[own] = dict(found)
        return self._releases[own]

    def _refusal(self, builds: Sequence[Build]) -> Refusal | None:
        """Why none of the builds can run on the host."""
        unmet = [next(iter(self._unmet(build)), None) for build in builds]
        first = unmet[0]
        if first is None or None in unmet:
            return None
        offered = self._host.get(first.name)
        has = f"{first.name} {offered}" if offered else f"no {first.name}"
        return Refusal(layer=LAYERS[first.name], why=first.text, offered=has)

    def _unmet(self, build: Build) -> list[Demanded]:
        """What a build asks of the host that the host does not have."""
        asked = (one for one in demands_of(build.depends) if one.name in LAYERS)
        return [one for one in asked if not self._offers(one)]

    def _offers(self, demanded: Demanded) -> bool:
        version = self._host.get(demanded.name)
        if version is None:
            return False
        try:
            specifiers = SpecifierSet(demanded.specifier or "")
            return specifiers.contains(version, prereleases=True)
        except (InvalidSpecifier, InvalidVersion):  # then the solver alone can tell
            return True


def _uploaded(builds: Sequence[Build]) -> datetime | None:
    return min((one.uploaded for one in builds if one.uploaded is not None), default=None)


def is_ordered(text: str) -> bool:
    """Whether the algorithms can order it; some of conda's versions (``1.1.1w``) have no place there."""
    try:
        Version(text)
    except InvalidVersion:
        return False
    return True
