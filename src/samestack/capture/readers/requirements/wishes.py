"""What projects ask for: requirements in the form in which they can be merged, and then become components."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from functools import reduce
from operator import and_
from urllib.parse import unquote

from msgspec import Struct, structs
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    parse_sdist_filename,
    parse_wheel_filename,
)

from samestack.capture.readers.locks.provenance import UNSTATED, Provenance, of_address
from samestack.capture.readers.locks.python_packages import package, with_circumstances
from samestack.capture.readers.requirements.packaging_values import (
    marker_text,
    package_name,
    pinned_version,
    shown,
    version_text,
)
from samestack.model import Component, Value


class Wish(Struct, frozen=True, kw_only=True):
    """One requirement of one package, or a constraint, which only applies to what something else requires."""

    name: str
    specifiers: SpecifierSet = SpecifierSet()
    alternatives: str | None = None
    """A requirement that specifiers cannot say, as it is written: one of several ranges."""
    marker: str | None = None
    extras: tuple[str, ...] = ()
    provenance: Provenance = UNSTATED
    version: str | None = None
    """As the name of the file tells it that an address leads to."""
    hashes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    """The groups and extras that ask for it; none where everybody needs it."""
    is_constraint: bool = False


def wish_of(requirement: Requirement) -> Wish:
    """A dependency specifier as a wish; ``ValueError`` when its address is none."""
    name = package_name(requirement.name)
    provenance = of_address(requirement.url) if requirement.url else UNSTATED
    said = file_name_tells(requirement.url) if requirement.url else None
    return Wish(
        name=name,
        specifiers=requirement.specifier,
        marker=marker_text(str(requirement.marker) if requirement.marker else None),
        extras=tuple(sorted(map(package_name, requirement.extras))),
        provenance=provenance,
        version=said[1] if said and said[0] == name else None,
    )


def file_name_tells(address: str) -> tuple[str, str] | None:
    """Name and version by the file name of a wheel or a source distribution at an address or path."""
    path = address.partition("#")[0].partition("?")[0].replace("\\", "/")
    file_name = unquote(path.rpartition("/")[2])
    try:
        if file_name.endswith(".whl"):
            name, version, *_ = parse_wheel_filename(file_name)
        else:
            name, version = parse_sdist_filename(file_name)
        return name, version_text(str(version))
    except (InvalidWheelFilename, InvalidSdistFilename, ValueError):
        return None


def merged(wishes: Iterable[Wish]) -> tuple[Wish, ...]:
    """Wishes for one package under one marker as one, narrowed by the constraints that apply to it.

    A constraint that nothing requires, or that holds under another marker only, stays as it is. What several
    groups ask for alike is one wish of them all.
    """
    groups: dict[Hashable, list[Wish]] = defaultdict(list)
    for wish in wishes:
        groups[_what_it_is_about(wish)].append(wish)
    together = [reduce(_both, group) for group in groups.values()]
    required = [wish for wish in together if not wish.is_constraint]
    constraints = [wish for wish in together if wish.is_constraint]
    asked = {(wish.name, marker) for wish in required for marker in (None, wish.marker)}
    idle = [one for one in constraints if (one.name, one.marker) not in asked]
    return (*_shared(_narrowed(required, constraints)), *idle)


def _narrowed(required: Iterable[Wish], constraints: Iterable[Wish]) -> Iterator[Wish]:
    applying: dict[Hashable, list[Wish]] = defaultdict(list)
    for constraint in constraints:
        applying[constraint.name, constraint.marker].append(constraint)
    for wish in required:
        markers = {None, wish.marker}
        yield reduce(_both, (one for marker in markers for one in applying[wish.name, marker]), wish)


def _shared(wishes: Iterable[Wish]) -> Iterator[Wish]:
    alike: dict[Hashable, list[Wish]] = defaultdict(list)
    for wish in wishes:
        said = (wish.specifiers, wish.extras, wish.hashes)
        alike[_what_it_is_about(structs.replace(wish, groups=())), said].append(wish)
    for first, *others in alike.values():
        all_groups = [wish.groups for wish in (first, *others)]
        groups = sorted({group for groups in all_groups for group in groups}) if all(all_groups) else ()
        yield structs.replace(first, groups=tuple(groups))


def component_of(wish: Wish) -> Component:
    """The package that is wanted: decided when one version is left, else with its requirement."""
    version = wish.version or pinned_version(wish.specifiers)
    found = package(wish.name, version, marker=wish.marker, provenance=wish.provenance, hashes=wish.hashes)
    wanted = structs.replace(
        found,
        requirement=None if version else wish.alternatives or str(wish.specifiers) or None,
        facts={**found.facts, **({"extras": wish.extras} if wish.extras else {})},
    )
    asked: dict[str, Value] = {"group": tuple(map(shown, wish.groups))} if wish.groups else {}
    return with_circumstances(wanted, asked | ({"constraint": True} if wish.is_constraint else {}))


def _what_it_is_about(wish: Wish) -> Hashable:
    where = (wish.provenance.source, wish.version, wish.alternatives)
    return (wish.name, wish.marker, wish.groups, wish.is_constraint, *where)


def _both(one: Wish, other: Wish) -> Wish:
    """The first wish, narrowed by the second."""
    return structs.replace(
        one,
        specifiers=and_(one.specifiers, other.specifiers),
        extras=tuple(sorted({*one.extras, *other.extras})),
        hashes=tuple(sorted({*one.hashes, *other.hashes})),
        provenance=other.provenance if one.provenance == UNSTATED else one.provenance,
        version=one.version or other.version,
    )
