"""Constraints for Poetry, which knows none: asked for while it decides, and gone when it is done.

A constraint that a lock does not meet is written into the manifest aside, as a dependency of a group of its
own. Poetry decides anew; then, with the manifest as it is, it locks once more. It keeps the releases that it
has, since they still do, drops what only the group asked for, and writes its own digest of the manifest.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import tomlkit
from packaging.requirements import Requirement
from tomlkit.exceptions import TOMLKitError

from samestack.compare.markers import applicable
from samestack.errors import InputError
from samestack.model import Component, Layer, Stack, normalized_python_name
from samestack.project.manifest import Constraint

GROUP: Final = "samestack-constraints"


def violated(
    constraints: Iterable[Constraint], locked: Stack, environments: Sequence[Mapping[str, str]]
) -> tuple[Constraint, ...]:
    """The constraints that some locked release does not meet, where both apply in one of the environments."""
    return tuple(one for one in constraints if _is_violated(one, locked, environments))


def _is_violated(constraint: Constraint, locked: Stack, environments: Sequence[Mapping[str, str]]) -> bool:
    requirement = Requirement(constraint.requirement)
    marker = requirement.marker
    if marker is None:
        return any(_breaks(requirement, one) for one in locked.layer(Layer.PACKAGES))
    places = [dict(one) for one in environments if marker.evaluate(dict(one))]
    stacks = (applicable(locked, place) for place in places)
    return any(_breaks(requirement, one) for stack in stacks for one in stack.layer(Layer.PACKAGES))


def _breaks(requirement: Requirement, component: Component) -> bool:
    if component.version is None or component.name != normalized_python_name(requirement.name):
        return False
    return not requirement.specifier.contains(component.version, prereleases=True)


def narrowed(manifest: str, constraints: Iterable[Constraint], file: str) -> str:
    """The text of a manifest with the constraints as dependencies of their group."""
    try:
        document = tomlkit.parse(manifest)
    except TOMLKitError as error:
        raise InputError(file, str(error)) from None
    tool = document.setdefault("tool", tomlkit.table(is_super_table=True))
    poetry = tool.setdefault("poetry", tomlkit.table())
    sources = _sources(poetry.get("dependencies", {}))
    group = poetry.setdefault("group", tomlkit.table(is_super_table=True))
    group[GROUP] = {"dependencies": _dependencies(constraints, sources)}
    return tomlkit.dumps(document)


def _dependencies(constraints: Iterable[Constraint], sources: Mapping[str, str]) -> dict[str, Any]:
    """By name. Markers are left out: without the group, Poetry would not keep a release for each of them."""
    found: dict[str, list[str]] = {}
    for constraint in constraints:
        requirement = Requirement(constraint.requirement)
        found.setdefault(normalized_python_name(requirement.name), []).append(str(requirement.specifier))
    return {
        name: {"version": ",".join(filter(None, specifiers)) or "*", **_from(sources.get(name, ""))}
        for name, specifiers in found.items()
    }


def _from(source: str) -> dict[str, str]:
    return {"source": source} if source else {}


def _sources(dependencies: Mapping[str, Any]) -> dict[str, str]:
    """Where the project wants its packages from: asked from elsewhere, they would be other packages."""
    return dict(_stated_sources(dependencies))


def _stated_sources(dependencies: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, said in dependencies.items():
        if isinstance(said, Mapping) and isinstance(said.get("source"), str):
            yield normalized_python_name(name), str(said["source"])
