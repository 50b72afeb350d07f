"""What samestack knows of a lock that uv decided: its digests, and what it asks of its hosts."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from samestack import __version__
from samestack.compare.releases import packages_digest, releases
from samestack.lock.host_needs import LockedRelease, host_needs, joined_needs
from samestack.lock.lock_table import LockTable
from samestack.lock.markers import holds
from samestack.lock.platforms import platforms_or_all
from samestack.lock.terms import Terms
from samestack.lock.uv.locked_text import LockedPackage
from samestack.model import Component, Ecosystem, Layer, Stack, normalized_python_name
from samestack.project.manifest import Project


def described(
    packages: Iterable[LockedPackage], project: Project, terms: Terms, inputs: Mapping[str, str]
) -> LockTable:
    """The table of a lock with these packages."""
    all_packages = tuple(packages)
    components = {id(one): _component(one) for one in all_packages}
    platforms = platforms_or_all(terms.platforms)
    applying = {
        platform: [one for one in all_packages if holds(one.marker, platform, terms.python)]
        for platform in platforms
    }
    needs = (host_needs(_releases(applying[one]), one, terms.python) for one in platforms)
    return LockTable(
        created_by=f"samestack {__version__}",
        python=terms.python,
        platforms=terms.platforms,
        extras=terms.extras,
        groups=terms.groups,
        as_of=terms.as_of,
        urls=terms.urls,
        digest=_digest(components[id(one)] for one in all_packages),
        digests={
            platform: _digest(components[id(one)] for one in those) for platform, those in applying.items()
        },
        inputs=inputs,
        host=joined_needs((*needs, project.manifest.host)),
        system_packages=project.manifest.system_packages,
    )


def unbuilt(packages: Iterable[LockedPackage], terms: Terms) -> Iterator[str]:
    """A note on what has to be built where it is installed, for want of a wheel."""
    from samestack.lock.wheel_choice import lowest_glibc

    all_packages = tuple(packages)
    for platform in terms.platforms:
        if platform.startswith("linux"):
            names = [
                one.name
                for one in all_packages
                if not one.is_odd
                and holds(one.marker, platform, terms.python)
                and lowest_glibc(one.wheels, platform, terms.python) is None
            ]
            if names:
                yield f"on {platform} built from source, for want of a wheel: {', '.join(names)}"


def releases_of(packages: Iterable[LockedPackage]) -> Stack:
    """The releases that are decided, for all platforms together."""
    found = (_component(one) for one in packages)
    return releases(Stack.of(one for one in found if one is not None))


def _digest(components: Iterable[Component | None]) -> str:
    return packages_digest(Stack.of(one for one in components if one is not None))


def _releases(packages: Iterable[LockedPackage]) -> Iterator[LockedRelease]:
    for one in packages:
        yield LockedRelease(name=one.name, version=one.version, wheels=one.wheels)


def _component(package: LockedPackage) -> Component | None:
    """The release; ``None`` for a project of this machine, whose version no lock decides."""
    source = _source(tomllib.loads(package.text)) if package.is_odd else None
    if package.is_odd and source is None and not package.version:
        return None
    return Component(
        layer=Layer.PACKAGES,
        ecosystem=Ecosystem.PYPI,
        name=normalized_python_name(package.name),
        version=package.version or None,
        source=source,
    )


def _source(locked: Mapping[str, Any]) -> str | None:
    """Where it comes from, in the words of who captures a lock."""
    from samestack.capture.readers.locks.provenance import of_address, of_repository

    if vcs := locked.get("vcs"):
        address, part = vcs.get("url") or vcs.get("path"), vcs.get("subdirectory")
        return of_repository(address, vcs.get("commit-id"), system=vcs["type"], subdirectory=part).source
    if archive := locked.get("archive"):
        part = f"#subdirectory={archive['subdirectory']}" if "subdirectory" in archive else ""
        return of_address((archive.get("url") or archive["path"]) + part).source
    return None
