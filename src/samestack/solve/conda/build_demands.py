"""What all builds of one release ask for alike: conda builds one release many times, for one Python each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from packaging.specifiers import InvalidSpecifier, Specifier, SpecifierSet
from packaging.version import Version

from samestack.compare.conda_specifications import as_specifier, parse_match_specification
from samestack.solve.conda.conda_syntax import simple_specifier


class Demanded(Struct, frozen=True):
    """What a build asks for of one package: a specifier where one can say it."""

    name: str
    specifier: str | None
    text: str
    """As it is written."""


class _Range(Struct, frozen=True):
    low: Version | None
    """The lowest version, included; ``None`` without a bound."""
    high: Version | None
    is_high_included: bool = False


_ANYTHING: Final = _Range(None, None)


def demands_of(depends: Iterable[str]) -> Iterator[Demanded]:
    """What stands in a record's ``depends``; what cannot be read is left out."""
    for text in depends:
        try:
            said = parse_match_specification(text)
        except ValueError:
            continue
        specifier = "" if said.version is None else as_specifier(said.version)
        simple = None if specifier is None else simple_specifier(specifier)
        yield Demanded(said.name, simple, text)


def common_demands(builds: Sequence[Mapping[str, Demanded]]) -> dict[str, str]:
    """By the name of what every build asks for, a specifier that whatever suits any of the builds meets.

    It may allow more than the builds do together (for Python 3.8 or 3.10: everything from 3.8 to 3.10), never
    less: what it refuses, every build refuses.
    """
    first, *others = builds
    names = (name for name in first if all(name in other for other in others))
    return {name: hull([build[name].specifier for build in builds]) for name in names}


def hull(specifiers: Iterable[str | None]) -> str:
    """The narrowest range that holds everything that any of the specifiers allows; empty for any version."""
    distinct = list(dict.fromkeys(specifiers))
    if len(distinct) == 1:
        return distinct[0] or ""
    ranges = [_range(one) for one in distinct]
    lows = [one.low for one in ranges]
    parts = [] if None in lows else [f">={min(low for low in lows if low is not None)}"]
    if all(one.high is not None for one in ranges):
        highest = max(ranges, key=lambda one: (one.high or Version("0"), one.is_high_included))
        parts.append(f"{'<=' if highest.is_high_included else '<'}{highest.high}")
    return ",".join(parts)


def _range(specifier: str | None) -> _Range:
    """The range that a specifier lies in."""
    if specifier is None:
        return _ANYTHING
    try:
        parts = [_part(one) for one in SpecifierSet(specifier)]
    except InvalidSpecifier:
        return _ANYTHING
    lows = [part.low for part in parts if part.low is not None]
    highs = [part for part in parts if part.high is not None]
    narrowest = min(
        highs, key=lambda one: (one.high or Version("0"), one.is_high_included), default=_ANYTHING
    )
    return _Range(max(lows, default=None), narrowest.high, narrowest.is_high_included)


def _part(one: Specifier) -> _Range:
    version = Version(one.version.removesuffix(".*"))
    if one.operator == "==" and one.version.endswith(".*"):
        return _Range(version, _after(version.release))
    if one.operator == "~=":
        return _Range(version, _after(version.release[:-1]))
    if one.operator in {"==", "==="}:
        return _Range(version, version, is_high_included=True)
    if one.operator in {">=", ">"}:
        return _Range(version, None)
    if one.operator in {"<", "<="}:
        return _Range(None, version, is_high_included=one.operator == "<=")
    return _ANYTHING


def _after(release: Sequence[int]) -> Version:
    """The first release after a whole series."""
    return Version(".".join(map(str, (*release[:-1], release[-1] + 1))))
