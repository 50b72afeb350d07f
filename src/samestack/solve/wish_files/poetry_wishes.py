"""``[tool.poetry]``: the wishes in Poetry's own syntax, each with the place of its constraint."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from samestack.capture.readers.projects.dependency_groups import included_groups
from samestack.capture.readers.projects.poetry_project import (
    Dependencies,
    PoetryDependency,
    PoetryProject,
    poetry_wish,
)
from samestack.capture.readers.requirements.packaging_values import package_name, placed
from samestack.capture.readers.requirements.wishes import Wish as Wanted


class PlacedWish(Struct, frozen=True):
    """A wish and where its constraint stands."""

    place: str
    wanted: Wanted


def main_wishes(project: PoetryProject, file: str, extras: frozenset[str]) -> Iterator[PlacedWish]:
    """What everybody needs, and the optional dependencies of the extras."""
    with placed(file, "tool.poetry.extras"):
        asked = {
            package_name(name)
            for extra, names in project.extras.items()
            if package_name(extra) in extras
            for name in names
        }
    for place, name, dependency in _listed(project.dependencies, "tool.poetry.dependencies"):
        with placed(file, place):
            wanted = poetry_wish(name, dependency)
        if wanted.name in asked or not dependency.optional:
            yield PlacedWish(place, wanted)


def group_wishes(project: PoetryProject, file: str, groups: frozenset[str]) -> Iterator[PlacedWish]:
    """What the chosen groups ask for, with those that they include."""
    names = {package_name(name): name for name in project.group}
    with placed(file, "tool.poetry.group"):
        members = included_groups({name: one.include_groups for name, one in project.group.items()})
    chosen = dict.fromkeys(
        member for group, all_of in members.items() if group in groups for member in all_of
    )
    tables = [
        (f"tool.poetry.group.{names[one]}.dependencies", project.group[names[one]].dependencies)
        for one in chosen
    ]
    if "dev" in groups:
        tables.append(("tool.poetry.dev-dependencies", project.dev_dependencies))
    for prefix, dependencies in tables:
        for place, name, dependency in _listed(dependencies, prefix):
            with placed(file, place):
                yield PlacedWish(place, poetry_wish(name, dependency))


def extras_of(project: PoetryProject) -> frozenset[str]:
    """The names of the extras."""
    return frozenset(map(package_name, project.extras))


def groups_of(project: PoetryProject) -> frozenset[str]:
    """The names of the groups."""
    old: Mapping[str, object] = {"dev": None} if project.dev_dependencies else {}
    return frozenset(map(package_name, (*project.group, *old)))


def _listed(dependencies: Dependencies, prefix: str) -> Iterator[tuple[str, str, PoetryDependency]]:
    """Each with the place of its constraint: a string, or the version of a table, or of one of several."""
    for name, said in dependencies.items():
        if name.lower() == "python":
            continue
        for index, one in enumerate(said if isinstance(said, tuple) else (said,)):
            place = f"{prefix}.{name}{f'[{index}]' if isinstance(said, tuple) else ''}"
            if isinstance(one, str):
                yield place, name, PoetryDependency(version=one)
            else:
                yield f"{place}.version", name, one
