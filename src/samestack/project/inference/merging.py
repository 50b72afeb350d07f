"""Clues about one package as one requirement: what somebody wrote down goes before what code imports."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from samestack.knowledge.same_modules import family_of
from samestack.project.inference.clue import Clue, Kind


class Wanted(Struct, frozen=True, kw_only=True):
    """A requirement with the places that tell it."""

    requirement: str
    places: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    is_imported_only: bool = False
    """Whether nobody wrote it down."""


def merged(clues: Sequence[Clue], declared: Iterable[str] = ()) -> tuple[Wanted, ...]:
    """Every package once, in the order in which they were first named; ``declared`` names are left out.

    An import is met by any distribution of its family: ``cv2`` by ``opencv-python-headless``.
    """
    by_package: dict[tuple[str, str], list[Clue]] = {}
    for clue in clues:
        requirement = Requirement(clue.value)
        key = (canonicalize_name(requirement.name), str(requirement.marker or ""))
        by_package.setdefault(key, []).append(clue)
    known = set(declared)
    written = {name for (name, _), own in by_package.items() if any(map(_is_written, own))}
    return tuple(
        _wanted(own)
        for (name, _), own in by_package.items()
        if not known & family_names(name) and (any(map(_is_written, own)) or not written & family_names(name))
    )


def family_names(name: str) -> set[str]:
    """The normalised names of all distributions that bring the same modules, this one among them."""
    family = family_of(name)
    return {name} if family is None else {name, *family.names}


def _is_written(clue: Clue) -> bool:
    return clue.kind is not Kind.IMPORT


def _wanted(clues: Sequence[Clue]) -> Wanted:
    chosen = _chosen(clues)
    return Wanted(
        requirement=chosen.value,
        places=tuple(dict.fromkeys((chosen.place, *(one.place for one in clues)))),
        doubts=tuple(_doubts(chosen, clues)),
        is_imported_only=not any(map(_is_written, clues)),
    )


def _chosen(clues: Sequence[Clue]) -> Clue:
    """The first that names versions; else the first that somebody wrote down."""
    written = [one for one in clues if _is_written(one)]
    precise = [one for one in written if _specifier(one) or " @ " in one.value]
    return (precise or written or list(clues))[0]


def _doubts(chosen: Clue, clues: Sequence[Clue]) -> Iterator[str]:
    """The places that ask for versions which the chosen requirement does not keep to."""
    for other in clues:
        if other.value != chosen.value and not _keeps(chosen, other):
            yield f"{other.place} asks for {other.value}; {chosen.value} of {chosen.place} is taken"


def _keeps(chosen: Clue, other: Clue) -> bool:
    pins = [one.version for one in _specifier(chosen) if one.operator == "=="]
    wanted = _specifier(other)
    if not wanted or wanted == _specifier(chosen):
        return True
    return any(wanted.contains(pin.removesuffix(".*"), prereleases=True) for pin in pins)


def _specifier(clue: Clue) -> SpecifierSet:
    return Requirement(clue.value).specifier
