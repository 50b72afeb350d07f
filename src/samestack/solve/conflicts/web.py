"""Who asks what of whom: the demands that follow from a wish, along the metadata of the index."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct
from packaging.specifiers import SpecifierSet

from samestack.solve.explanation import Demand
from samestack.solve.metadata import MetadataSource, Release
from samestack.solve.problem import Wish
from samestack.solve.wanted import Wanted, fitting, wanted

_DEEPEST: Final = 8
_MOST_PACKAGES: Final = 60

YOU: Final = "you"
ENVIRONMENT: Final = "the environment"
TARGET: Final = "the target"


class Reached(Struct, frozen=True, kw_only=True):
    """Something that a wish leads to: what is asked for, and the steps to there."""

    wish: Wish
    wanted: Wanted
    demands: tuple[Demand, ...]


class Web:
    """The demands of wishes, of one release of each package: the newest that may be had."""

    def __init__(self, metadata: MetadataSource, wishes: Iterable[Wish], named: frozenset[str]) -> None:
        self.metadata = metadata
        self._named = named
        self._direct = _direct(wishes)

    def reached(self, wish: Wish) -> Iterator[Reached]:
        """Everything that a wish leads to, the nearest first.

        Of packages that the solver did not name, nothing is followed: they have no part in the conflict.
        """
        start = wanted(wish.text)
        if start is None or start.address:
            return
        first = Demand(asker=ENVIRONMENT if wish.is_fixed else YOU, wanted=start.text)
        pending = deque([Reached(wish=wish, wanted=start, demands=(first,))])
        seen: set[tuple[str, frozenset[str]]] = set()
        while pending and len(seen) <= _MOST_PACKAGES:
            one = pending.popleft()
            yield one
            mark = (one.wanted.key, one.wanted.extras)
            if mark in seen or wish.is_constraint or len(one.demands) >= _DEEPEST:
                continue
            seen.add(mark)
            if len(one.demands) == 1 or one.wanted.key in self._named:
                pending.extend(self._next(one))

    def release(self, said: Wanted) -> Release | None:
        """The release that is looked at: the newest usable one that is wanted, here and by the wishes."""
        releases = self.metadata.releases(said.name)
        both = said.specifier & self._direct.get(said.key, SpecifierSet())
        fits = fitting(releases, both) or fitting(releases, said.specifier)
        usable = [one for one in fits if one.refusal is None] or fits
        return usable[-1] if usable else None

    def _next(self, one: Reached) -> Iterator[Reached]:
        release = self.release(one.wanted)
        if release is None:
            return
        asker = f"{one.wanted.name} {release.version}"
        for text in self.metadata.requires(one.wanted.name, release.version) or ():
            said = wanted(text)
            if said is None or (said.marker and not self.metadata.applies(said.marker, one.wanted.extras)):
                continue
            step = Demand(asker=asker, wanted=said.text)
            yield Reached(wish=one.wish, wanted=said, demands=(*one.demands, step))


def _direct(wishes: Iterable[Wish]) -> Mapping[str, SpecifierSet]:
    direct: dict[str, SpecifierSet] = {}
    for one in wishes:
        said = wanted(one.text)
        if said is not None:
            direct[said.key] = direct.get(said.key, SpecifierSet()) & said.specifier
    return direct
