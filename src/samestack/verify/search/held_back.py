"""Which packages were at an older release when all was whole, the likeliest culprit first."""

from typing import Final

from msgspec import Struct

from samestack.verify.search.bench import Attempt, Bench
from samestack.verify.search.constraint_text import is_older, step, up_to

_SUSPECTS: Final = 3
"""So many are tried before the others are halved."""

_MOST_SHARE: Final = 2.0


class HeldBack(Struct, frozen=True):
    """A package at the release that it had when all was whole."""

    package: str
    good: str
    """The release of then."""
    bad: str
    """The one that is chosen now."""
    weight: float
    """How likely it is that this one is to blame, against 1 for any of them."""

    @property
    def text(self) -> str:
        """The constraint that holds it back."""
        return up_to(self.package, self.good)


def held_back(bench: Bench, state: Attempt, old: Attempt) -> list[HeldBack]:
    """The packages that are newer now: those that the failures point at first, then the greatest steps."""
    then, now = old.selection.versions, state.selection.versions
    newer = [name for name in now if name in then and is_older(then[name], now[name])]
    suspects = [name for name in _suspects(bench, state) if name in newer][:_SUSPECTS]
    others = sorted(set(newer) - set(suspects), key=lambda name: (-step(then[name], now[name]), name))
    # Each suspect weighs as much as all that come after it, so that it is tried alone before them.
    weights = [_MOST_SHARE ** (len(suspects) - place) * len(newer) for place in range(len(suspects))]
    weights += [1.0] * len(others)
    return [
        HeldBack(name, then[name], now[name], weight)
        for name, weight in zip((*suspects, *others), weights, strict=True)
    ]


def _suspects(bench: Bench, state: Attempt) -> list[str]:
    """Those that the failures name, then what the failing packages require, the nearest first."""
    named = [name for one in state.mendable for name in one.suspects]
    required = [name for one in state.mendable for name in bench.world.related(state.selection, one.package)]
    return list(dict.fromkeys((*named, *required)))
