"""Which wishes of a project a lock does not meet, platform by platform."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from packaging.markers import UndefinedComparison, UndefinedEnvironmentName
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from samestack.lock.decision import Lock
from samestack.lock.platforms import marker_environment
from samestack.lock.selecting import locked_for
from samestack.lock.terms import Terms
from samestack.model import Ecosystem, Layer, Stack
from samestack.project.manifest import Project
from samestack.project.wishes import wishes_of
from samestack.solve.conda.virtual_packages import target_of
from samestack.solve.problem import Wish


def unmet_wishes(project: Project, lock: Lock, terms: Terms) -> Iterator[str]:
    """A sentence for each wish that is not met, once for all platforms.

    What is asked of conda is not looked at: its specifications are conda's to judge.
    """
    wishes = wishes_of(project, terms.extras, terms.groups).wishes
    platforms = terms.platforms or lock.table.platforms or (target_of("", None).platform,)
    told: dict[str, None] = {}
    for platform in platforms:
        environment = marker_environment(platform, terms.python)
        locked = _versions(locked_for(lock, environment))
        told.update(dict.fromkeys(_unmet(wishes, locked, environment)))
    yield from told


def _versions(stack: Stack) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in stack.layer(Layer.PACKAGES):
        if one.ecosystem is Ecosystem.PYPI:
            found[one.name].append(one.version or "")
    return found


def _unmet(
    wishes: tuple[Wish, ...], locked: Mapping[str, list[str]], environment: Mapping[str, str]
) -> Iterator[str]:
    for wish in wishes:
        wanted = _applying(wish, environment)
        versions = locked.get(canonicalize_name(wanted.name)) if wanted is not None else None
        if wanted is None or (versions is None and wish.is_constraint):
            continue
        if versions is None:
            yield f"{wish.text} is asked for, and the lock has no {wanted.name}"
        elif not any(_is_met(wanted, version) for version in versions):
            yield f"{wish.text} is asked for, and the lock has {wanted.name} {', '.join(versions)}"


def _applying(wish: Wish, environment: Mapping[str, str]) -> Requirement | None:
    """The requirement; ``None`` where it does not apply, or cannot be judged."""
    try:
        wanted = Requirement(wish.text)
        holds = wanted.marker is None or wanted.marker.evaluate(dict(environment))
    except (InvalidRequirement, UndefinedComparison, UndefinedEnvironmentName):
        return None
    return wanted if holds else None


def _is_met(wanted: Requirement, version: str) -> bool:
    """Whether a version does; one that is not stated, and one from an address, do."""
    try:
        if not version or wanted.url is not None:
            return True
        return wanted.specifier.contains(Version(version), prereleases=True)
    except InvalidVersion:
        return True
