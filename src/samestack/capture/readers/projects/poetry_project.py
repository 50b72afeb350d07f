"""``[tool.poetry]``: the dependencies that Poetry lets a project declare in its own syntax."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct, field, structs
from packaging.specifiers import SpecifierSet

from samestack.capture.readers.locks.python_packages import python
from samestack.capture.readers.projects.declared_sources import DeclaredSource, provenance_of
from samestack.capture.readers.projects.dependency_groups import included_groups
from samestack.capture.readers.projects.poetry_constraints import (
    platform_marker,
    python_marker,
    specifiers_of,
)
from samestack.capture.readers.requirements.packaging_values import all_of, package_name, placed
from samestack.capture.readers.requirements.wishes import Wish, file_name_tells
from samestack.model import Component


class PoetryDependency(DeclaredSource, frozen=True, kw_only=True):
    """A dependency that takes a table to be said."""

    version: str = "*"
    python: str = "*"
    platform: str = "*"
    markers: str | None = None
    extras: tuple[str, ...] = ()
    optional: bool = False


Dependencies = Mapping[str, str | PoetryDependency | tuple[str | PoetryDependency, ...]]
"""By name: a constraint, a table, or several for different environments."""


class PoetryGroup(Struct, frozen=True, kw_only=True):
    """``[tool.poetry.group.NAME]``."""

    dependencies: Dependencies = field(default_factory=dict)
    include_groups: tuple[str, ...] = field(name="include-groups", default=())


class PoetryProject(Struct, frozen=True, kw_only=True):
    """``[tool.poetry]``, as far as it says what is needed."""

    name: str | None = None
    dependencies: Dependencies = field(default_factory=dict)
    dev_dependencies: Dependencies = field(name="dev-dependencies", default_factory=dict)
    group: Mapping[str, PoetryGroup] = field(default_factory=dict)
    extras: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def main_wishes(project: PoetryProject, file: str) -> Iterator[Wish]:
    """What ``[tool.poetry.dependencies]`` asks for: an optional one when an extra does."""
    asking: dict[str, list[str]] = defaultdict(list)
    with placed(file, "tool.poetry.extras"):
        for extra, names in project.extras.items():
            for name in names:
                asking[package_name(name)].append(extra)
    for name, dependency in _listed(project.dependencies):
        with placed(file, f"tool.poetry.dependencies.{name}"):
            wish = poetry_wish(name, dependency)
        if asking[wish.name] or not dependency.optional:
            groups = asking[wish.name] if dependency.optional else ()
            yield structs.replace(wish, groups=tuple(groups))


def group_wishes(project: PoetryProject, file: str) -> Iterator[Wish]:
    """What ``[tool.poetry.group]`` asks for, each group with those that it includes."""
    old = {"dev": PoetryGroup(dependencies=project.dev_dependencies)} if project.dev_dependencies else {}
    groups = {**old, **project.group}
    with placed(file, "tool.poetry.group"):
        members = included_groups({name: group.include_groups for name, group in groups.items()})
        by_name = {package_name(name): group.dependencies for name, group in groups.items()}
    for group, names in members.items():
        for member in names:
            for name, dependency in _listed(by_name[member]):
                with placed(file, f"tool.poetry.group.{member}.dependencies.{name}"):
                    yield structs.replace(poetry_wish(name, dependency), groups=(group,))


def python_of(constraint: str) -> Component:
    """The Python that Poetry's own constraint asks for; ``ValueError`` for what is none."""
    specifiers = specifiers_of(constraint)
    if specifiers is None:
        return structs.replace(python(SpecifierSet()), requirement=constraint)
    return python(specifiers)


def poetry_wish(name: str, dependency: PoetryDependency) -> Wish:
    """One dependency as a wish; ``ValueError`` for what Poetry would not understand."""
    specifiers = specifiers_of(dependency.version)
    address = dependency.url or dependency.file or dependency.path
    said = file_name_tells(address) if address else None
    markers = (dependency.markers, python_marker(dependency.python), platform_marker(dependency.platform))
    return Wish(
        name=package_name(name),
        specifiers=SpecifierSet() if specifiers is None else specifiers,
        alternatives=dependency.version if specifiers is None else None,
        marker=all_of(*markers),
        extras=tuple(sorted(map(package_name, dependency.extras))),
        provenance=provenance_of(dependency),
        version=said[1] if said else None,
    )


def _listed(dependencies: Dependencies) -> Iterator[tuple[str, PoetryDependency]]:
    for name, said in dependencies.items():
        for one in said if isinstance(said, tuple) else (said,):
            if name.lower() != "python":
                yield name, PoetryDependency(version=one) if isinstance(one, str) else one
