"""Inside a culprit: which of its releases was the first to answer badly.

Everything else stays as it is in a hybrid that is known: the good environment with the culprit's companions,
or the bad one, whichever a release gets on with.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, structs
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from samestack.behaviour.bisecting.declared import Declared, declared, is_met
from samestack.behaviour.bisecting.laboratory import Laboratory
from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.settling import Certainty, settled
from samestack.behaviour.bisecting.transition import transition
from samestack.behaviour.bisecting.trials.description import Package, TrialEnvironment
from samestack.model.change import Change
from samestack.solve.metadata import MetadataSource

Packages = Mapping[str, Package]


class Within(Struct, frozen=True, kw_only=True):
    """The step inside a package at which it begins to answer badly."""

    package: str
    last_good: str
    first_bad: str
    untold: tuple[str, ...] = ()
    """Releases between the two that gave no answer."""
    tried: int = 0
    """How many releases between were tried."""


class Setting(Struct, frozen=True, kw_only=True):
    """A hybrid whose release of one package can be another."""

    environment: TrialEnvironment
    requirements: Mapping[str, tuple[str, ...]]
    """By name of each of its packages, what it requires."""


class Shelf(Struct, frozen=True, kw_only=True):
    """What there is to choose from: an index, and what its markers mean here."""

    index: MetadataSource
    markers: Mapping[str, str]
    certainty: Certainty = Certainty()
    workers: int = 1


def releases_between(change: Change, index: MetadataSource) -> tuple[str, ...]:
    """The releases between the two sides of a change, from the good side on; early ones are left out."""
    before, after = change.before, change.after
    if before is None or after is None or before.source or after.source:
        return ()
    try:
        good, bad = Version(before.version or ""), Version(after.version or "")
    except InvalidVersion:
        return ()
    found = [
        one.version
        for one in index.releases(change.name)
        if one.refusal is None and not one.is_yanked and not Version(one.version).is_prerelease
    ]
    between = [one for one in found if min(good, bad) < Version(one) < max(good, bad)]
    return tuple(between if good < bad else reversed(between))


def turned(
    change: Change, settings: Sequence[Setting], shelf: Shelf, laboratory: Laboratory
) -> Within | None:
    """Where it turns; ``None`` where it is on one side only.

    A release that gets on with neither setting gives no answer.
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return None
    releases = releases_between(change, shelf.index)
    tried: list[str] = []

    def answers_at(places: Sequence[int]) -> list[Answer]:
        placed = {one: _placed(change.name, releases[one], settings, shelf) for one in places}
        there = {one: environment for one, environment in placed.items() if environment is not None}
        trials = [laboratory.described(environment) for environment in there.values()]
        found = settled(laboratory, trials, shelf.certainty, f"which release of {change.name}?")
        tried.extend(releases[one] for one in there)
        answers = {one: settled_one.answer for one, settled_one in zip(there, found, strict=True)}
        return [answers.get(one, Answer.UNRESOLVED) for one in places]

    found = transition(len(releases), answers_at, workers=shelf.workers)
    return Within(
        package=change.name,
        last_good=releases[found.last_good] if found.last_good >= 0 else before.version or "",
        first_bad=releases[found.first_bad] if found.first_bad < len(releases) else after.version or "",
        untold=tuple(releases[place] for place in found.untold),
        tried=len(tried),
    )


def _placed(name: str, release: str, settings: Sequence[Setting], shelf: Shelf) -> TrialEnvironment | None:
    """The first setting that a release gets on with, with it in there."""
    for setting in settings:
        packages = {one.name: one for one in setting.environment.packages}
        packages[name] = Package(name=name, version=release)
        if not _refusals(name, release, packages, setting, shelf):
            return structs.replace(setting.environment, packages=tuple(packages.values()))
    return None


def _refusals(name: str, release: str, packages: Packages, setting: Setting, shelf: Shelf) -> list[str]:
    """What a release and its surroundings refuse of each other."""
    own = shelf.index.requires(name, release) or ()
    texts = {**setting.requirements, name: own}
    needs = declared(packages.keys(), lambda one: texts.get(one, ()), shelf.markers)
    return list(_unmet(name, packages, needs))


def _unmet(name: str, packages: Packages, needs: Declared) -> Iterator[str]:
    for one, requirements in needs.items():
        for requirement in requirements:
            key = str(canonicalize_name(requirement.name))
            if name not in {one, key}:
                continue
            version = packages[key].version if key in packages else None
            if not is_met(requirement, version):
                yield f"{one}: {requirement}"
