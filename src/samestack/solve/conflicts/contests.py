"""Where the demands of some wishes clash: on which package, and why none of its releases does for all."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct
from packaging.specifiers import SpecifierSet

from samestack.solve.conflicts.web import Reached, Web
from samestack.solve.metadata import Refusal, Release
from samestack.solve.problem import Wish
from samestack.solve.wanted import fitting

_MOST_COMBINATIONS: Final = 500
_MOST_DEMANDS: Final = 6


class Contest(Struct, frozen=True, kw_only=True):
    """Demands on one package that no usable release meets together."""

    sides: tuple[Reached, ...]
    """The demands; one alone where nothing meets even that."""
    releases: tuple[Release, ...]
    """All that the index has of the package."""
    refused: Release | None = None
    """The newest release that would do for all sides, were it not that the target cannot have it."""

    @property
    def refusal(self) -> Refusal | None:
        """Why the target cannot have it."""
        return self.refused.refusal if self.refused is not None else None

    @property
    def refused_label(self) -> str:
        """The release that would do, named with its package."""
        return f"{self.sides[0].wanted.name} {self.refused.version}" if self.refused is not None else ""

    @property
    def length(self) -> int:
        """How many steps lead to it."""
        return sum(len(side.demands) for side in self.sides)


def contest(web: Web, wishes: Sequence[Wish]) -> Contest | None:
    """The clash that concerns the most of these wishes, with the shortest way to it."""
    reached = {wish: list(web.reached(wish)) for wish in wishes}
    if len(wishes) == 1:
        return _alone(web, reached[wishes[0]])
    found = list(_between(web, reached))
    return min(found, key=lambda one: (-len({side.wish for side in one.sides}), one.length), default=None)


def _alone(web: Web, reached: Sequence[Reached]) -> Contest | None:
    """What a single wish asks for that nothing meets, or where two of its own demands clash."""
    for one in reached:
        found = _clash(web, [one])
        if found is not None:
            return found
    by_package = _by_package(reached)
    pairs = (pair for demands in by_package.values() for pair in itertools.combinations(demands, 2))
    clashes = (_clash(web, pair) for pair in itertools.islice(pairs, _MOST_COMBINATIONS))
    return min((one for one in clashes if one is not None), key=lambda one: one.length, default=None)


def _between(web: Web, reached: dict[Wish, list[Reached]]) -> Iterator[Contest]:
    by_wish = {wish: _by_package(demands) for wish, demands in reached.items()}
    keys = dict.fromkeys(key for packages in by_wish.values() for key in packages)
    for key in keys:
        concerned = [packages[key] for packages in by_wish.values() if key in packages]
        if len(concerned) > 1:
            yield from _of_package(web, concerned)


def _of_package(web: Web, concerned: Sequence[Sequence[Reached]]) -> Iterator[Contest]:
    """The clash of the demands of all that are concerned, or else of any two of them."""
    for group in (concerned, *itertools.combinations(concerned, 2)):
        combinations = itertools.islice(itertools.product(*group), _MOST_COMBINATIONS)
        found = [one for sides in combinations if (one := _clash(web, sides)) is not None]
        if found:
            yield min(found, key=lambda one: one.length)
            return


def _clash(web: Web, sides: Sequence[Reached]) -> Contest | None:
    """These demands, if no usable release meets all of them."""
    if any(side.wanted.address for side in sides):
        return None
    releases = web.metadata.releases(sides[0].wanted.name)
    specifier = SpecifierSet()
    for side in sides:
        specifier &= side.wanted.specifier
    fits = fitting(releases, specifier)
    if any(one.refusal is None for one in fits):
        return None
    # Nothing is known of what an index does not list; it is the reason only where nobody asks beside it.
    if not releases and len(sides) > 1 and not specifier.is_unsatisfiable():
        return None
    return Contest(sides=tuple(sides), releases=releases, refused=fits[-1] if fits else None)


def _by_package(reached: Iterable[Reached]) -> dict[str, list[Reached]]:
    """The demands on each package, each text once, the nearest ones."""
    by_package: dict[str, list[Reached]] = defaultdict(list)
    for one in reached:
        known = by_package[one.wanted.key]
        if len(known) < _MOST_DEMANDS and all(one.wanted.text != other.wanted.text for other in known):
            known.append(one)
    return by_package
