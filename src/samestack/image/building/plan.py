"""Which packages share a layer, and in which order the layers lie: pure, and the same for everybody.

The largest packages have layers of their own; the others share buckets that a hash of their names chooses. So
a new release of one package changes one layer, and what lies in the others does not depend on it. Sizes count
by their order of magnitude: a release that is somewhat larger than the one before changes places with nobody.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from msgspec import Struct

from samestack.capture.cache import Cache
from samestack.image.building.locked_wheels import LockedWheel
from samestack.image.layers.writing import LAYOUT_VERSION

_SHARED: Final = 4
"""One layer in so many is a bucket, where the packages are more than the budget."""


class PackageLayer(Struct, frozen=True, kw_only=True):
    """A layer of packages."""

    wheels: tuple[LockedWheel, ...]
    """By the names of their packages."""

    @property
    def kind(self) -> str:
        """``wheel``, or ``wheels`` where several share it."""
        return "wheel" if len(self.wheels) == 1 else "wheels"

    def key(self, python: str, prefix: str) -> str:
        """The hash of all that the layer is a function of."""
        hashes = sorted(one.sha256 for one in self.wheels)
        return layer_key("wheels", python, prefix, *hashes)


def layer_key(*parts: str) -> str:
    """The key of a layer that is a function of these texts and of how layers are written."""
    return "sha256:" + Cache.key(str(LAYOUT_VERSION), *parts)


def package_layers(wheels: Iterable[LockedWheel], budget: int) -> tuple[PackageLayer, ...]:
    """The layers, from the lowest: the largest packages first, since engines unpack all above a change again.

    At most ``budget`` of them. A lock does not tell which packages change often; small ones do, as a rule.
    """
    ranked = sorted(wheels, key=_rank)
    own = len(ranked) if len(ranked) <= budget else budget - _buckets(budget)
    alone = [PackageLayer(wheels=(one,)) for one in ranked[:own]]
    return (*alone, *_shared(ranked[own:], _buckets(budget)))


def _rank(wheel: LockedWheel) -> tuple[int, str]:
    return -wheel.size.bit_length(), wheel.name


def _buckets(budget: int) -> int:
    return max(budget // _SHARED, 1)


def _shared(wheels: Sequence[LockedWheel], buckets: int) -> Iterator[PackageLayer]:
    def bucket(wheel: LockedWheel) -> int:
        return int.from_bytes(hashlib.sha256(wheel.name.encode()).digest()[:8]) % buckets

    for _, same in groupby(sorted(wheels, key=lambda one: (bucket(one), one.name)), bucket):
        yield PackageLayer(wheels=tuple(same))
