"""What of a stack a lock decides: releases of packages, the same whoever wrote them down and however.

A lock cannot know what an installer writes, and an environment has forgotten the hashes and markers of its
lock. Both know which release of which package is there; that is what they are held against each other by.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from samestack.compare.versions import normal_version
from samestack.model import Component, Layer, Stack

SEEDS: Final = frozenset({"pip", "setuptools", "wheel", "uv"})
"""What installers put into an environment unasked; uv leaves it alone unless a lock names it."""


def releases(stack: Stack, *, but: Collection[str] = ()) -> Stack:
    """The packages alone, each with its name, its version in normal form, and its source and build if stated.

    ``but`` names packages that are left out. Markers are not looked at: apply them before.
    """
    return Stack.of(released(stack.layer(Layer.PACKAGES), but=but))


def released(packages: Iterable[Component], *, but: Collection[str] = ()) -> Iterator[Component]:
    """The same of packages that are in no composition yet."""
    return (_release(one) for one in packages if one.name not in but)


def packages_digest(stack: Stack, *, but: Collection[str] = ()) -> str:
    """``sha256:`` over the releases: the stack digest on packages."""
    return releases(stack, but=but).digest


def _release(component: Component) -> Component:
    """As a package, whatever layer it is of: conda's are of every one down to the C library."""
    version = component.version
    return Component(
        layer=Layer.PACKAGES,
        ecosystem=component.ecosystem,
        name=component.name,
        version=None if version is None else normal_version(version),
        build=component.build,
        source=component.source,
    )
