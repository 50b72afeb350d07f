"""Which package stands in which layer: large ones alone, the rest in a few by their names.

A package keeps its layer whatever else is in the base, as long as it does not become one of the largest, so
that an update of one changes one layer of packages and the small one on top.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from samestack.image.debian.locked import LockedPackage
from samestack.image.debian.settled.rules import VERSION
from samestack.image.layers.writing import LAYOUT_VERSION
from samestack.sha256 import sha256_hex

LARGE: Final = 4_000_000
"""Bytes of a package's file from which on it may have a layer of its own."""
MOST_LARGE: Final = 8
BUCKETS: Final = 4
"""With these a base has 13 layers at most: engines run images of up to 125, and most belong to wheels."""


class BaseLayer(Struct, frozen=True, kw_only=True):
    """One layer of a base."""

    title: str
    """What it holds, for people."""
    packages: tuple[LockedPackage, ...]
    """Those of which it holds the files; of the top layer, all that it was made of."""
    key: str
    """The hash of everything that the layer is a function of."""
    is_top: bool = False
    """Whether it holds what belongs to no package: dpkg's status, and all that was set up."""


def base_layers(packages: Sequence[LockedPackage]) -> tuple[BaseLayer, ...]:
    """The layers of a base, the lowest first."""
    ordered = sorted(packages, key=lambda one: one.name)
    large = sorted((one for one in ordered if one.size >= LARGE), key=lambda one: -one.size)[:MOST_LARGE]
    small: list[list[LockedPackage]] = [[] for _ in range(BUCKETS)]
    for package in ordered:
        if package not in large:
            small[int(sha256_hex(package.name.encode())[:8], 16) % BUCKETS].append(package)
    layers = [_layer(one.text, (one,)) for one in large]
    layers += (_layer(f"{len(some)} Debian packages", tuple(some)) for some in small if some)
    return (*layers, _layer("Debian's database and settings", tuple(ordered), is_top=True))


def _layer(title: str, packages: tuple[LockedPackage, ...], *, is_top: bool = False) -> BaseLayer:
    lines = [f"{one.text} {one.architecture} {one.sha256}" for one in packages]
    said = "\n".join((f"debian {VERSION} {LAYOUT_VERSION} {is_top}", *lines))
    return BaseLayer(title=title, packages=packages, key=sha256_hex(said.encode()), is_top=is_top)
