"""A wish written otherwise, so that it allows a certain version: how its text changes, and how far that is.

The distance from what was asked for to what is allowed instead counts the first part of the version that
differs: 100 for each step of the major version, 1 for each of the minor one, 0.01 for each of the patch, and
0.001 for what comes after. Major versions break what is written against them, patches seldom do. A step back
counts five times as much: an old release often lacks a bound only because nobody knew yet that it needs one.
"""

import re
from collections.abc import Iterator
from typing import Final

from packaging.specifiers import Specifier
from packaging.version import InvalidVersion, Version

from samestack.solve.problem import Wish
from samestack.solve.wanted import Wanted, wanted

TAKEN_OUT: Final = 10_000.0
"""The distance of a wish that is given up."""

ANY_VERSION: Final = 1_000.0
"""The distance of a wish for a file, or for a version of which nothing is known, that now allows any."""

_STEPS: Final = (100.0, 1.0, 0.01)
_LEAST: Final = 0.001
_BACK: Final = 5
_FARTHEST: Final = 5_000.0
"""Of another epoch, or of a version that never was: nearer than a wish that is given up."""

_HEAD: Final = re.compile(r"\s*[A-Za-z0-9][A-Za-z0-9._-]*\s*(?:\[[^\]]*\])?\s*")
_CLAUSE: Final = re.compile(r"(?P<operator>===|~=|==|!=|<=|>=|<|>)\s*(?P<version>[^\s,;)]+)")


def loosened(text: str, version: str) -> str:
    """The requirement with each of its clauses that excludes a version moved so far that it does not.

    The form is kept: a pin stays a pin, a bound a bound, in the order and with the marker that it has.
    """
    said = wanted(text)
    if said is None or said.address:
        return text
    head, clauses, marker = _taken_apart(text)
    found = Version(version)
    moved = [one for clause in clauses if (one := _moved(clause, found))]
    return f"{head}{','.join(moved)}{f'; {marker}' if marker else ''}"


def unbounded(text: str) -> str:
    """The requirement for any version at all."""
    head, _, marker = _taken_apart(text)
    return f"{head}{f'; {marker}' if marker else ''}"


def between(text: str, specifier: str) -> str:
    """The requirement with a specifier in the place of its own."""
    head, _, marker = _taken_apart(text)
    return f"{head}{specifier}{f'; {marker}' if marker else ''}"


def distance(text: str, version: str) -> float:
    """How far a version is from what a requirement asks for; 0 where it allows it."""
    said = wanted(text)
    if said is None or said.address:
        return ANY_VERSION
    try:
        found = Version(version)
    except InvalidVersion:
        return ANY_VERSION
    excluding = [one for one in said.specifier if not one.contains(found, prereleases=True)]
    return min(_FARTHEST, max((_apart(_bound(one), found) for one in excluding), default=0.0))


def bounds(said: Wanted) -> list[Version]:
    """The versions that its clauses name, in order."""
    return sorted(_bound(one) for one in said.specifier if one.operator != "!=")


def in_words(wish: Wish, replacement: str, version: str) -> str:
    """What the new text allows that the old one did not."""
    if not replacement:
        return f"{wish.text} is taken out"
    old, new = wanted(wish.text), wanted(replacement)
    if old is None or new is None:
        return replacement
    if not new.specifier:
        return f"any version of {new.name}"
    if any(one.operator in {"==", "==="} and "*" not in one.version for one in new.specifier):
        asked = ", ".join(one.version for one in old.specifier)
        return f"{new.name} {version} instead of {asked}"
    direction = "down to" if not bounds(old) or Version(version) < bounds(old)[0] else "up to"
    return f"{new.name} {direction} {version}"


def _taken_apart(text: str) -> tuple[str, list[str], str]:
    """Name with extras, clauses, and marker."""
    requirement, _, marker = text.partition(";")
    head = _HEAD.match(requirement)
    name = head[0].strip() if head else requirement.strip()
    clauses = [f"{one['operator']}{one['version']}" for one in _CLAUSE.finditer(requirement)]
    return name, [] if "@" in requirement else clauses, marker.strip()


def _moved(clause: str, version: Version) -> str:
    """A clause that allows the version; empty where only leaving it out does."""
    one = Specifier(clause)
    if one.contains(version, prereleases=True):
        return clause
    operator, length = one.operator, len(_bound(one).release)
    if operator == "==" and one.version.endswith(".*"):
        return f"=={_cut(version, length)}.*"
    forms = {
        "!=": "",
        "<": f"<{_after(version, length)}",
        "~=": f"~={_cut(version, max(2, length))}",
        ">": f">={version}",
    }
    return forms.get(operator, f"{operator}{version}")


def _cut(version: Version, length: int) -> str:
    return ".".join(str(part) for part in (*version.release, *(0,) * length)[:length])


def _after(version: Version, length: int) -> str:
    """The next version that is written with so many parts."""
    parts = [*version.release, *(0,) * length][:length]
    parts[-1] += 1
    return ".".join(map(str, parts))


def _bound(one: Specifier) -> Version:
    try:
        return Version(one.version.removesuffix(".*"))
    except InvalidVersion:  # "===" takes any text
        return Version("0")


def _apart(asked: Version, found: Version) -> float:
    if asked.epoch != found.epoch:
        return _FARTHEST
    weight = _BACK if found < asked else 1
    for step, before, after in zip(_STEPS, _padded(asked), _padded(found), strict=False):
        if before != after:
            return weight * step * abs(before - after)
    return weight * _LEAST


def _padded(version: Version) -> Iterator[int]:
    yield from version.release
    yield from (0, 0, 0)
