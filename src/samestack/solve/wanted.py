"""What a dependency specifier asks for, taken apart."""

from collections.abc import Iterable

from msgspec import Struct
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from samestack.solve.metadata import Release


class Wanted(Struct, frozen=True, kw_only=True):
    """A package, and which of its versions."""

    name: str
    """As it is written."""
    specifier: SpecifierSet
    extras: frozenset[str] = frozenset()
    marker: str = ""
    address: str = ""
    """Where it is to come from, of a direct reference."""

    @property
    def key(self) -> str:
        """What makes two names the same package."""
        return canonicalize_name(self.name)

    @property
    def text(self) -> str:
        """The package and its versions, without the marker: ``numpy<2,>=1.17``."""
        extras = f"[{','.join(sorted(self.extras))}]" if self.extras else ""
        if self.address:
            return f"{self.name}{extras} @ {self.address}"
        return f"{self.name}{extras}{self.specifier}"

    def allows(self, version: str) -> bool:
        """Whether a version is wanted; one that is no version of Python's packages always is."""
        return allows(self.specifier, version)


def wanted(text: str) -> Wanted | None:
    """A requirement taken apart; ``None`` where it is written otherwise."""
    try:
        said = Requirement(text)
    except InvalidRequirement:
        return None
    return Wanted(
        name=said.name,
        specifier=said.specifier,
        extras=frozenset(said.extras),
        marker=str(said.marker or ""),
        address=said.url or "",
    )


def allows(specifier: SpecifierSet, version: str) -> bool:
    """Whether a specifier contains a version, as installers take it: no prerelease unless it names one."""
    try:
        return specifier.contains(Version(version))
    except InvalidVersion:
        return True


def is_same_version(one: str, other: str) -> bool:
    """Whether two texts are the same version: ``1.0`` is ``1.0.0``."""
    try:
        return Version(one) == Version(other)
    except InvalidVersion:
        return one == other


def is_early(version: str) -> bool:
    """Whether it is a prerelease."""
    try:
        return Version(version).is_prerelease
    except InvalidVersion:
        return False


def is_early_wanted(text: str) -> bool:
    """Whether a requirement names a prerelease, so that others will do as well."""
    said = wanted(text)
    return said is not None and bool(said.specifier.prereleases)


def fitting(releases: Iterable[Release], specifier: SpecifierSet) -> list[Release]:
    """The releases that a specifier contains; a withdrawn one only where it names that very version."""
    names_one = any(one.operator in {"==", "==="} for one in specifier)
    fits = (one for one in releases if names_one or not one.is_yanked)
    return [one for one in fits if allows(specifier, one.version)]
