"""The least that a host must offer: what conda's packages say, and what the wheels need."""

import re
from collections.abc import Iterator
from typing import Final

from packaging.version import Version

from samestack.knowledge.accelerators import lowest_drivers
from samestack.lock.conda.platform_stack import PlatformStack
from samestack.lock.host_needs import LockedRelease, host_needs, joined_needs
from samestack.project.manifest import HostNeeds

_BOUND: Final = re.compile(r"(?:>=|>|==?|~=)?(\d+(?:\.\d+)*)(?:\.?\*)?")
"""A part of a version in a match specification that has a lowest: ``>=2.17`` of ``>=2.17,<3.0.a0``."""


def needs_of(stack: PlatformStack) -> HostNeeds:
    """The highest of all lower bounds, for ``__cuda`` and ``__glibc``, and of the wheels' own needs."""
    return joined_needs((*_of_records(stack), _of_files(stack)))


def virtual_packages_of(stack: PlatformStack) -> list[str]:
    """What of the host the packages depend on, in the lowest version that does: ``__glibc=2.17``.

    Not what the host had that the lock was decided for: that says nothing of others.
    """
    asked = [_demand(text) for record in stack.records for text in record.depends]
    found = []
    for offered in stack.target.virtual_packages or ():
        bounds = [bound for name, bound in asked if name == offered.name]
        if bounds:
            lowest = max(filter(None, bounds), key=Version, default=offered.version)
            found.append(f"{offered.name}={lowest}")
    return found


def _of_records(stack: PlatformStack) -> Iterator[HostNeeds]:
    """What a package depends on, and what it bears only where there is such a thing, as a driver."""
    for record in stack.records:
        for name, bound in map(_demand, (*record.depends, *record.constrains)):
            if name == "__cuda" and bound:
                yield HostNeeds(cuda=bound, driver=_driver(bound))
            elif name == "__glibc" and bound:
                yield HostNeeds(glibc=bound)


def _of_files(stack: PlatformStack) -> HostNeeds:
    wheels = (
        LockedRelease(name=one.name, version=one.version, wheels=(one.file_name,))
        for one in stack.files
        if one.file_name.endswith(".whl")
    )
    return host_needs(wheels, stack.target.platform, stack.python) if stack.files else HostNeeds()


def _demand(text: str) -> tuple[str, str]:
    """What a text of ``depends`` asks for, and in which lowest version; empty without a bound."""
    name, _, said = text.partition(" ")
    version = said.strip().partition(" ")[0]
    lowest = [_lowest(alternative) for alternative in version.split("|")]
    return name, min(lowest, key=Version) if all(lowest) else ""


def _lowest(version: str) -> str:
    bounds = (_BOUND.fullmatch(part.strip()) for part in version.split(","))
    return max((bound[1] for bound in bounds if bound), key=Version, default="")


def _driver(cuda: str) -> str:
    row = lowest_drivers().of(cuda)
    return "" if row is None else row.driver
