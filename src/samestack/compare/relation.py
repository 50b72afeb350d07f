"""How the two sides of a change stand to each other."""

import re

from msgspec import structs
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from samestack.compare.conda_specifications import as_specifier
from samestack.compare.difference import Relation
from samestack.compare.facts import contradict
from samestack.model import Component, Ecosystem, Origin, Standing
from samestack.model.change import Change

_SINGLE_RELEASE = re.compile(r"==\s*(?P<release>\d+\.\d+\.\d+)(\.\*)?")
_PYTHON_ECOSYSTEMS = (Ecosystem.PYPI, Ecosystem.CONDA)


def relate(change: Change, before: Origin, after: Origin) -> Relation:
    """Judge one change between two environments of which the origins say how completely they speak."""
    if change.before is None:
        return _of_absence(change.component, before)
    if change.after is None:
        return _of_absence(change.component, after)
    stated = _of_versions(
        change.before, change.after, is_wish=Standing.WANTED in {before.standing, after.standing}
    )
    if stated is Relation.AGREES and _contradicts(change.before, change.after):
        return Relation.DIFFERS
    return stated


def _of_absence(component: Component, elsewhere: Origin) -> Relation:
    """What it means that a component is not named in the other environment."""
    # A project under development is installed as editable, and is no part of its own lock.
    is_own = "editable" in component.circumstances and elsewhere.standing is Standing.DECIDED
    is_optional = "group" in component.circumstances or "constraint" in component.circumstances
    is_missing = component.layer in elsewhere.complete and not is_own and not is_optional
    return Relation.DIFFERS if is_missing else Relation.UNSTATED


def _of_versions(before: Component, after: Component, *, is_wish: bool) -> Relation:
    if before.version is not None and after.version is not None:
        same = _same_version(before, after, is_wish=is_wish)
        return Relation.AGREES if same else Relation.DIFFERS
    if before.version is None and after.version is None:
        return _of_wishes(before, after)
    wish, fact = (before, after) if before.version is None else (after, before)
    return _of_wish(wish, fact)


def _same_version(before: Component, after: Component, *, is_wish: bool) -> bool:
    """Equal, or equal as PEP 440 reads them; for a wish, ``1.0`` is met by ``1.0+cu118`` too."""
    if before.version == after.version:
        return True
    if before.ecosystem not in _PYTHON_ECOSYSTEMS or after.ecosystem not in _PYTHON_ECOSYSTEMS:
        return False
    try:
        one, other = Version(str(before.version)), Version(str(after.version))
    except InvalidVersion:
        return False
    return one == other or (is_wish and one.public == other.public and None in {one.local, other.local})


def _of_wishes(before: Component, after: Component) -> Relation:
    """Two wishes agree if they say the same, or if one asks for a single release that the other allows."""
    if before.requirement == after.requirement:
        return Relation.AGREES
    for wish, other in ((before, after), (after, before)):
        release = _single_release(other)
        if release is not None:
            return _of_wish(wish, structs.replace(other, version=release))
    return Relation.DIFFERS


def _single_release(wish: Component) -> str | None:
    specifier = _specifier(wish)
    match = None if specifier is None else _SINGLE_RELEASE.fullmatch(specifier)
    return None if match is None else match["release"]


def _specifier(wish: Component) -> str | None:
    """What a wish asks for in the words of PEP 440; ``None`` where that cannot be said."""
    requirement = wish.requirement or ""
    return as_specifier(requirement) if wish.ecosystem is Ecosystem.CONDA else requirement


def _of_wish(wish: Component, fact: Component) -> Relation:
    if wish.requirement is None:
        return Relation.AGREES
    specifier = _specifier(wish)
    if specifier is None:
        return Relation.UNDECIDED
    try:
        is_met = SpecifierSet(specifier).contains(Version(str(fact.version)), prereleases=True)
    except (InvalidSpecifier, InvalidVersion):
        return Relation.UNDECIDED
    return Relation.AGREES if is_met else Relation.DIFFERS


def _contradicts(before: Component, after: Component) -> bool:
    """Whether the two, alike in version, state anything else that is not the same."""
    if before.ecosystem is not after.ecosystem:
        return False
    if before.content is not None and before.content == after.content:
        return False  # all else follows from the content
    said = ((before.content, after.content), (before.build, after.build), (before.source, after.source))
    if any(None not in pair and pair[0] != pair[1] for pair in said):
        return True
    shared = before.facts.keys() & after.facts.keys()
    return any(contradict(name, before.facts[name], after.facts[name]) for name in shared)
