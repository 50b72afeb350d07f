"""``pyproject.toml``: what a project declares (PEP 621, PEP 735), and what its tools' tables add."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Final

from msgspec import Struct, field, structs

from samestack.capture.documents import load_toml
from samestack.capture.observation import Observation
from samestack.capture.readers.locks.provenance import UNSTATED, Provenance
from samestack.capture.readers.locks.python_packages import python
from samestack.capture.readers.projects.declared_sources import DeclaredSource, provenance_of
from samestack.capture.readers.projects.dependency_groups import included_groups
from samestack.capture.readers.projects.poetry_project import group_wishes, main_wishes, python_of
from samestack.capture.readers.projects.project_tools import Tools, tool_lists
from samestack.capture.readers.projects.setuptools_dynamic import dynamic_wishes
from samestack.capture.readers.requirements.packaging_values import package_name, placed, specifier_set
from samestack.capture.readers.requirements.requirement_lists import RequirementList, listed_wishes
from samestack.capture.readers.requirements.wishes import Wish, component_of, merged
from samestack.errors import InputError
from samestack.model import Component, Layer, Remark, normalized_python_name

MAX_REQUIREMENTS: Final = 20_000
"""The most requirements of one project, counted anew for each group that includes them."""


class IncludedGroup(Struct, frozen=True):
    """``{include-group = NAME}`` in a dependency group."""

    name: str = field(name="include-group")


class Project(Struct, frozen=True):
    """``[project]``, as far as it says what is needed."""

    name: str = ""
    requires_python: str | None = field(name="requires-python", default=None)
    dependencies: tuple[str, ...] | None = None
    optional_dependencies: Mapping[str, tuple[str, ...]] = field(
        name="optional-dependencies", default_factory=dict
    )
    dynamic: tuple[str, ...] = ()

    @property
    def leaves_dependencies_to_poetry(self) -> bool:
        """Whether Poetry's own table says what is needed, and does not only add to what is said here."""
        says_nothing = self.dependencies is None and not self.optional_dependencies
        return says_nothing or (self.dependencies is None and "dependencies" in self.dynamic)


Groups = Mapping[str, tuple[str | IncludedGroup, ...]]


class Manifest(Struct, frozen=True):
    """A project's manifest, as far as it says what is needed."""

    project: Project = Project()
    groups: Groups = field(name="dependency-groups", default_factory=dict)
    tool: Tools = Tools()


def read(path: Path) -> Observation:
    """What a project's manifest asks for: Python, packages, and those of its extras and groups."""
    manifest = load_toml(path, Manifest)
    wishes, remarks = _all_wishes(manifest, path)
    packages = (component_of(wish) for wish in wishes)
    return Observation((*_python(manifest, path), *packages), (*remarks, *_dynamic_remarks(manifest, path)))


def read_wishes(path: Path) -> tuple[Wish, ...]:
    """The packages that a project's manifest asks for, for a reader of the lock beside it."""
    return _all_wishes(load_toml(path, Manifest), path)[0]


def _all_wishes(manifest: Manifest, path: Path) -> tuple[tuple[Wish, ...], list[Remark]]:
    from_files, remarks = dynamic_wishes(manifest.tool.setuptools, path)
    own = normalized_python_name(manifest.project.name or manifest.tool.poetry.name or "")
    # A project that names itself asks for more of its own extras, not for a package.
    wishes = (wish for wish in chain(_wishes(manifest, path), from_files) if wish.name != own)
    return merged(_limited(wishes, path)), remarks


def _limited(wishes: Iterable[Wish], path: Path) -> Iterator[Wish]:
    for count, wish in enumerate(wishes):
        if count >= MAX_REQUIREMENTS:
            raise InputError(str(path), f"more than {MAX_REQUIREMENTS} requirements in all groups together")
        yield wish


def _wishes(manifest: Manifest, path: Path) -> Iterator[Wish]:
    project, tool = manifest.project, manifest.tool
    lists = (*project_lists(project), *group_lists(manifest.groups, path), *tool_lists(tool))
    sources = declared_sources(manifest, path)
    for wish in listed_wishes(lists, path):
        yield _from_declared_source(wish, sources)
    if project.leaves_dependencies_to_poetry:
        yield from main_wishes(tool.poetry, str(path))
    yield from group_wishes(tool.poetry, str(path))


def project_lists(project: Project) -> Iterator[RequirementList]:
    """The lists of the standard table, everybody's and those of the extras."""
    yield RequirementList(place="project.dependencies", texts=project.dependencies or ())
    for extra, texts in project.optional_dependencies.items():
        place = f"project.optional-dependencies.{extra}"
        yield RequirementList(place=place, texts=texts, groups=(extra,))


def group_lists(groups: Groups, path: Path) -> Iterator[RequirementList]:
    """The lists of the groups, each with those of the groups that it includes."""
    with placed(str(path), "dependency-groups"):
        includes = {
            group: [one.name for one in said if isinstance(one, IncludedGroup)]
            for group, said in groups.items()
        }
        members = included_groups(includes)
        own = {
            package_name(group): tuple(one for one in said if isinstance(one, str))
            for group, said in groups.items()
        }
    for group, names in members.items():
        for name in names:
            yield RequirementList(place=f"dependency-groups.{name}", texts=own[name], groups=(group,))


def declared_sources(manifest: Manifest, path: Path) -> dict[str, Provenance]:
    """Where uv and Poetry take packages from that the standard tables name."""
    poetry = {} if manifest.project.leaves_dependencies_to_poetry else manifest.tool.poetry.dependencies
    tables = {name: said for name, said in poetry.items() if isinstance(said, DeclaredSource)}
    with placed(str(path), "tool.uv.sources or tool.poetry.dependencies"):
        sources = {**tables, **manifest.tool.uv.unconditional_sources()}
        return {package_name(name): provenance_of(source) for name, source in sources.items()}


def _from_declared_source(wish: Wish, sources: Mapping[str, Provenance]) -> Wish:
    if wish.provenance != UNSTATED or wish.name not in sources:
        return wish
    return structs.replace(wish, provenance=sources[wish.name])


def _python(manifest: Manifest, path: Path) -> tuple[Component, ...]:
    required = manifest.project.requires_python
    if required is not None:
        with placed(str(path), "project.requires-python"):
            return (python(specifier_set(required)),)
    constraint = manifest.tool.poetry.dependencies.get("python")
    if not isinstance(constraint, str):
        return ()
    with placed(str(path), "tool.poetry.dependencies.python"):
        return (python_of(constraint),)


def _dynamic_remarks(manifest: Manifest, path: Path) -> Iterator[Remark]:
    """What only building the project would tell."""
    told_elsewhere = {
        "dependencies": manifest.tool.setuptools.dynamic.dependencies.names
        or manifest.tool.poetry.dependencies,
        "optional-dependencies": manifest.tool.setuptools.dynamic.optional_dependencies,
        "requires-python": manifest.tool.poetry.dependencies.get("python"),
    }
    for key, told in told_elsewhere.items():
        if key in manifest.project.dynamic and not told:
            yield Remark(
                code="dynamic-metadata",
                layer=Layer.PYTHON if key == "requires-python" else Layer.PACKAGES,
                subject=key,
                message=f"{key} are known only when the project is built, which is not done here",
                place=str(path),
            )
