"""Two requirements of one package as one that asks for both."""

from collections.abc import Iterable
from typing import Final

from packaging.requirements import Requirement
from packaging.specifiers import Specifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

_ORDER: Final = ("===", "==", "~=", ">=", ">", "<=", "<", "!=")
_LOWER: Final = frozenset({">=", ">"})
_UPPER: Final = frozenset({"<=", "<"})


def is_about_same(one: Requirement, other: Requirement) -> bool:
    """Whether both speak of one package in the same environments."""
    return canonicalize_name(one.name) == canonicalize_name(other.name) and str(one.marker) == str(
        other.marker
    )


def adds_nothing(one: Requirement, other: Requirement) -> bool:
    """Whether the second requirement allows every version that the first does, as far as bounds tell."""
    return narrowed(one, other) == narrowed(one, one)


def narrowed(one: Requirement, other: Requirement) -> str:
    """The first requirement, with the versions that the second allows too; its extras and marker stay."""
    specifiers = _simplified((*one.specifier, *other.specifier))
    return requirement_text(one, specifiers)


def requirement_text(said: Requirement, specifiers: Iterable[Specifier]) -> str:
    """A requirement as people write it: the lower bound before the upper one."""
    extras = f"[{','.join(sorted(said.extras))}]" if said.extras else ""
    marker = f"; {said.marker}" if said.marker else ""
    ordered = sorted(specifiers, key=lambda spec: (_ORDER.index(spec.operator), spec.version))
    return f"{said.name}{extras}{','.join(map(str, ordered))}{marker}"


def _simplified(specifiers: Iterable[Specifier]) -> tuple[Specifier, ...]:
    """The same without bounds that a tighter one or a pin makes superfluous."""
    said = tuple(dict.fromkeys(specifiers))
    pins = [one for one in said if one.operator == "==" and not one.version.endswith("*")]
    if len(pins) == 1 and SpecifierSet(said).contains(pins[0].version, prereleases=True):
        return (pins[0],)
    lower = [one for one in said if one.operator in _LOWER]
    upper = [one for one in said if one.operator in _UPPER]
    # Of two bounds at one version the strict one is the tighter.
    tightest = (
        *sorted(lower, key=lambda one: (Version(one.version), one.operator == ">"))[-1:],
        *sorted(upper, key=lambda one: (Version(one.version), one.operator == "<="))[:1],
    )
    others = [one for one in said if one.operator not in {*_LOWER, *_UPPER, "!="}]
    bounds = (*tightest, *others)
    kept = SpecifierSet(bounds)
    excluded = [one for one in said if one.operator == "!="]
    return (
        *bounds,
        *(
            one
            for one in excluded
            if kept.contains(one.version.removesuffix(".*"), prereleases=True) or one.version.endswith("*")
        ),
    )
