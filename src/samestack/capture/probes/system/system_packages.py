"""Packages of an operating system, whichever package manager keeps their database."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from samestack.capture.observation import Observation
from samestack.capture.probes.text import shown_text
from samestack.model import Component, Ecosystem, Layer, Remark

MAX_DATABASE_BYTES: Final = 64 * 1024 * 1024
"""The largest text database that is read. One of 3,000 packages, with every file's name, has about 15 MB."""

_NEUTRAL: Final = frozenset({"all", "noarch", ""})
_PLAIN = re.compile(r"\w[\w+.-]{0,199} [\w.+:~^-]{1,199} [\w-]{0,31}", re.ASCII)


class SystemPackage(Struct, frozen=True):
    """An installed package as its database states it."""

    name: str
    version: str
    architecture: str


def observe_packages(ecosystem: Ecosystem, packages: Iterable[SystemPackage], *, place: str) -> Observation:
    """The packages as components of layer system.

    Most packages are of the system's own architecture or of none; a foreign one (``i386`` beside ``amd64``)
    is told apart by ``at``. Entries that no package manager would write are counted in a remark.
    """
    known = list(packages)
    plain = [one for one in known if _PLAIN.fullmatch(f"{one.name} {one.version} {one.architecture}")]
    own = _most_common_architecture(plain)
    components = tuple(_component(ecosystem, one, own) for one in plain)
    return Observation(components, _of_malformed(len(known) - len(plain), place))


def _component(ecosystem: Ecosystem, package: SystemPackage, own_architecture: str) -> Component:
    is_foreign = package.architecture not in _NEUTRAL and package.architecture != own_architecture
    return Component(
        layer=Layer.SYSTEM,
        ecosystem=ecosystem,
        name=package.name,
        at=package.architecture if is_foreign else "",
        version=package.version,
        facts={"architecture": package.architecture} if package.architecture else {},
    )


def _most_common_architecture(packages: list[SystemPackage]) -> str:
    counted = Counter(one.architecture for one in packages if one.architecture not in _NEUTRAL)
    return max(counted, key=lambda architecture: (counted[architecture], architecture), default="")


def _of_malformed(count: int, place: str) -> tuple[Remark, ...]:
    if not count:
        return ()
    return (
        Remark(
            code="malformed-package-entry",
            layer=Layer.SYSTEM,
            subject="system packages",
            message=f"{count} entries have no plain name and version and were left out; "
            "let the package manager verify its database",
            place=shown_text(place),
        ),
    )
