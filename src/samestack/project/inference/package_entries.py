"""The packages of a draft: what everybody needs, groups, and constraints."""

from collections.abc import Collection, Iterator, Sequence, Set
from typing import Final

from msgspec import structs
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from samestack.capture.readers.requirements.packaging_values import shown
from samestack.project.inference.clue import Clue, Kind
from samestack.project.inference.draft import Draft, Entry
from samestack.project.inference.merging import Wanted, family_names, merged

_PACKAGES: Final = frozenset({Kind.DEPENDENCY, Kind.IMPORT})
_EARLY: Final = {Kind.LATE_IMPORT: Kind.IMPORT}
_LEFT_OUT: Final = {
    Kind.OPTIONAL_IMPORT: "imported where it can be missing",
    Kind.LATE_IMPORT: "imported inside functions only and written down nowhere",
}
DEPENDENCIES: Final = "project.dependencies"
CONSTRAINTS: Final = "tool.samestack.constraints"


def package_entries(clues: Sequence[Clue], *, is_declared: bool) -> Draft:
    """All of them; where another file declares the dependencies already, only doubts about what it lacks."""
    declared = {one.value for one in clues if one.kind is Kind.DECLARED}
    packages = _packages(clues, is_declared=is_declared)
    main = merged([one for one in packages if not one.group], declared)
    left_out = Draft((), tuple(_left_out(clues, declared | {_name(one.value) for one in packages})))
    if is_declared:
        return Draft.joined((Draft((), tuple(_lacking(main))), left_out))
    return Draft.joined((_dependencies(main), *_groups(packages, _names(main) | declared), left_out))


def _packages(clues: Sequence[Clue], *, is_declared: bool) -> list[Clue]:
    """What is written down or imported; imports inside functions count where nothing is written down.

    Where somebody wrote a list and left these out, the code most likely does without them.
    """
    is_written = is_declared or any(one.kind is Kind.DEPENDENCY for one in clues)
    if not is_written:
        clues = [structs.replace(one, kind=_EARLY.get(one.kind, one.kind)) for one in clues]
    return [one for one in clues if one.kind in _PACKAGES]


def constraint_entries(clues: Sequence[Clue]) -> Draft:
    """What files of constraints say."""
    wanted = merged([one for one in clues if one.kind is Kind.CONSTRAINT])
    return _listed(CONSTRAINTS, wanted)


def _dependencies(main: Sequence[Wanted]) -> Draft:
    return Draft.joined((_listed(DEPENDENCIES, main), Draft((), tuple(_doubts(main)))))


def _doubts(main: Sequence[Wanted]) -> Iterator[str]:
    """What is to be known of packages that nobody wrote down."""
    unwritten = [one for one in main if one.is_imported_only]
    if unwritten and len(unwritten) == len(main):
        yield (
            "nothing tells which releases the code was written for: a lock takes today's, or those of a day "
            "with samestack lock --as-of"
        )
        return
    if unwritten:
        names = ", ".join(one.requirement for one in unwritten)
        yield f"imported and written down nowhere, so any release will do: {names}"


def _left_out(clues: Sequence[Clue], known: Set[str]) -> Iterator[str]:
    """The imports that are not asked for, unless a package of that name is anyway."""
    for one in clues:
        if one.kind in _LEFT_OUT and known.isdisjoint(family_names(one.value)):
            yield f"{one.place}: {one.value} is {_LEFT_OUT[one.kind]}, so it is left out"
        if one.kind is Kind.UNKNOWN_IMPORT and known.isdisjoint(_likely_names(one.value)):
            module = shown(one.value)
            yield f"{one.place}: which distribution brings '{module}' is not known, so it is left out"


def _likely_names(module: str) -> Iterator[str]:
    """What the distribution of a module may well be called: enough to believe it, not to ask for it."""
    name = canonicalize_name(module)
    yield from (name, f"py-{name}", f"py{name}", f"python-{name}", f"{name}-python")


def _lacking(main: Sequence[Wanted]) -> Iterator[str]:
    for one in main:
        yield f"{one.requirement} ({one.places[0]}) is not among what the project declares"


def _groups(packages: Sequence[Clue], known: Collection[str]) -> Iterator[Draft]:
    """Each group without what everybody has anyway; an import of tests is told by any group that names it."""
    in_groups = [one for one in packages if one.group]
    written = {_name(one.value) for one in in_groups if one.kind is Kind.DEPENDENCY}
    for group in dict.fromkeys(one.group for one in in_groups):
        own = [one for one in in_groups if one.group == group]
        needed = [one for one in own if one.kind is Kind.DEPENDENCY or _name(one.value) not in written]
        yield _listed(f"dependency-groups.{group}", merged(needed, known))


def _listed(key: str, wanted: Sequence[Wanted]) -> Draft:
    return Draft(
        tuple(Entry(key=key, value=one.requirement, places=one.places) for one in wanted),
        tuple(doubt for one in wanted for doubt in one.doubts),
    )


def _names(wanted: Sequence[Wanted]) -> set[str]:
    return {_name(one.requirement) for one in wanted}


def _name(requirement: str) -> str:
    return canonicalize_name(Requirement(requirement).name)
