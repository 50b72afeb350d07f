"""Which versions of a package would end the conflicts that it is in, as far as metadata say."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from packaging.specifiers import SpecifierSet

from samestack.solve.conflicts.contests import Contest
from samestack.solve.metadata import MetadataSource
from samestack.solve.problem import Wish
from samestack.solve.relaxations.nearest import Suits
from samestack.solve.wanted import Wanted, fitting, wanted

_DIRECT: Final = 2
"""The steps of a demand that the wish's own package makes."""


class _Rival(Struct, frozen=True, kw_only=True):
    """What the other side of a contest asks for."""

    name: str
    key: str
    specifier: SpecifierSet


class Guess(Struct, frozen=True, kw_only=True):
    """What metadata say of a wish's way out of its conflicts."""

    suits: Suits | None
    """``None`` where they say nothing."""
    is_partial: bool
    """Whether one of the conflicts is left out of it: then there may be no way out at all."""


def suiting(wish: Wish, contests: Sequence[Contest | None], metadata: MetadataSource) -> Guess:
    """A guess from those contests in which each side is asked for outright, or by a wish's own package.

    Further away, another release would ask for something else: nothing can be concluded there.
    """
    said = wanted(wish.text)
    rivals = [_rival(wish, one) for one in contests if one is not None and _is_near(wish, one)]
    is_partial = len(rivals) < len(contests)
    if said is None or not rivals:
        return Guess(suits=None, is_partial=is_partial)
    return Guess(
        suits=lambda version: all(_suits(said, version, rival, metadata) for rival in rivals),
        is_partial=is_partial,
    )


def _is_near(wish: Wish, contest: Contest) -> bool:
    is_part = any(side.wish == wish for side in contest.sides)
    return is_part and all(len(side.demands) <= _DIRECT for side in contest.sides)


def _rival(wish: Wish, contest: Contest) -> _Rival:
    specifier = SpecifierSet()
    for side in contest.sides:
        if side.wish != wish:
            specifier &= side.wanted.specifier
    own = contest.sides[0].wanted
    return _Rival(name=own.name, key=own.key, specifier=specifier)


def _suits(said: Wanted, version: str, rival: _Rival, metadata: MetadataSource) -> bool:
    if said.key == rival.key:
        return bool(
            fitting((one for one in metadata.releases(said.name) if one.version == version), rival.specifier)
        )
    releases = [one for one in metadata.releases(rival.name) if one.refusal is None]
    return all(
        fitting(releases, rival.specifier & one.specifier)
        for one in _demands(said, version, metadata)
        if one.key == rival.key
    )


def _demands(said: Wanted, version: str, metadata: MetadataSource) -> Iterator[Wanted]:
    for text in metadata.requires(said.name, version) or ():
        one = wanted(text)
        if one is not None and (not one.marker or metadata.applies(one.marker, said.extras)):
            yield one
