"""What packages declare that they need of others: ``Requires-Dist``, as far as it applies."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from packaging.markers import UndefinedComparison, UndefinedEnvironmentName
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

Declared = Mapping[str, tuple[Requirement, ...]]
"""By name of a package, what it needs in its environment."""


def declared(
    names: Collection[str],
    texts_of: Callable[[str], Iterable[str]],
    environment: Mapping[str, str],
) -> Declared:
    """The requirements that hold between these packages with the values that markers have there.

    An extra counts where one of the packages asks for it.
    """
    requirements = {name: tuple(_read(texts_of(name))) for name in names}
    extras: dict[str, set[str]] = {name: {""} for name in names}
    pending = list(names)
    while pending:
        name = pending.pop()
        for one in _applying(requirements[name], extras[name], environment):
            key = canonicalize_name(one.name)
            if key in extras and not one.extras <= extras[key]:
                extras[key] |= one.extras
                pending.append(key)
    return {
        name: tuple(
            one
            for one in _applying(requirements[name], extras[name], environment)
            if canonicalize_name(one.name) != name
        )
        for name in names
    }


def is_met(requirement: Requirement, version: str | None) -> bool:
    """Whether a release meets a requirement; one without a version, from an address, is taken to."""
    if version is None:
        return False
    try:
        return not version or requirement.specifier.contains(Version(version), prereleases=True)
    except InvalidVersion:
        return True


def _read(texts: Iterable[str]) -> Iterator[Requirement]:
    for text in texts:
        try:
            yield Requirement(text)
        except InvalidRequirement:
            continue  # what nobody can read nobody can keep to


def _applying(
    requirements: Iterable[Requirement], extras: Iterable[str], environment: Mapping[str, str]
) -> Iterator[Requirement]:
    for one in requirements:
        if one.marker is None or any(_holds(one, {**environment, "extra": extra}) for extra in extras):
            yield one


def _holds(requirement: Requirement, environment: dict[str, str]) -> bool:
    try:
        return requirement.marker is None or requirement.marker.evaluate(environment)
    except (UndefinedComparison, UndefinedEnvironmentName):
        return False
