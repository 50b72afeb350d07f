"""What a ``pyproject.toml`` says of a project as a whole: its name, its Python, whether it asks for anything.

The readers of :mod:`samestack.capture` know every requirement in it. What is read here is what every verb has
to know first, without loading them.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from samestack.capture.documents import load_toml, shaped

FILE_NAME = "pyproject.toml"


class _Table(Struct, frozen=True, rename="kebab"):
    name: str = ""
    requires_python: str = ""
    dependencies: tuple[Any, ...] = ()
    optional_dependencies: dict[str, Any] = field(default_factory=dict)
    dynamic: tuple[str, ...] = ()


class _Poetry(Struct, frozen=True, rename="kebab"):
    name: str = ""
    dependencies: dict[str, Any] = field(default_factory=dict)
    dev_dependencies: dict[str, Any] = field(default_factory=dict)
    group: dict[str, Any] = field(default_factory=dict)
    extras: dict[str, Any] = field(default_factory=dict)
    package_mode: bool = True


class _Uv(Struct, frozen=True, rename="kebab"):
    package: bool | None = None
    dev_dependencies: tuple[Any, ...] = ()


class _Tools(Struct, frozen=True):
    samestack: dict[str, Any] | None = None
    poetry: _Poetry | None = None
    uv: _Uv = _Uv()
    pdm: dict[str, Any] = field(default_factory=dict)
    hatch: dict[str, Any] = field(default_factory=dict)


class _Document(Struct, frozen=True, rename="kebab"):
    project: _Table | None = None
    tool: _Tools = _Tools()
    dependency_groups: dict[str, Any] = field(default_factory=dict)
    build_system: dict[str, Any] | None = None


class Declared(Struct, frozen=True, kw_only=True):
    """What it says, as far as every verb needs to know."""

    is_there: bool = False
    """Whether the file speaks of the project at all: one with settings of linters alone does not."""
    samestack: Mapping[str, Any] | None = None
    """``[tool.samestack]`` as it stands there."""
    name: str = ""
    requires_python: str = ""
    has_project: bool = False
    """Whether it has a table for dependencies, empty or not."""
    has_dependencies: bool = False
    has_choices: bool = False
    """Whether it has extras or groups."""
    is_poetry: bool = False
    is_package: bool = False


def declared_in(directory: Path) -> Declared:
    """What the manifest in a directory says; nothing where there is none."""
    path = directory / FILE_NAME
    if not path.is_file():
        return Declared()
    document = shaped(load_toml(path, dict[str, Any]), _Document, file=str(path))
    project, tool = document.project or _Table(), document.tool
    poetry = tool.poetry or _Poetry()
    return Declared(
        is_there=_is_there(document),
        samestack=tool.samestack,
        name=project.name or poetry.name,
        requires_python=project.requires_python or _poetry_python(poetry, str(path)),
        has_project=document.project is not None or bool(poetry.dependencies),
        has_dependencies=_has_dependencies(project, poetry),
        has_choices=_has_choices(document, project, poetry),
        is_poetry=tool.poetry is not None,
        is_package=_is_package(document),
    )


def _is_there(document: _Document) -> bool:
    tool = document.tool
    tables = (document.project, tool.samestack, tool.poetry, document.build_system)
    return bool(document.dependency_groups) or any(table is not None for table in tables)


def _has_dependencies(project: _Table, poetry: _Poetry) -> bool:
    of_poetry = any(name.lower() != "python" for name in poetry.dependencies)
    return bool(project.dependencies) or "dependencies" in project.dynamic or of_poetry


def _has_choices(document: _Document, project: _Table, poetry: _Poetry) -> bool:
    tool = document.tool
    return bool(
        document.dependency_groups
        or project.optional_dependencies
        or "optional-dependencies" in project.dynamic
        or poetry.group
        or poetry.dev_dependencies
        or poetry.extras
        or tool.uv.dev_dependencies
        or tool.pdm.get("dev-dependencies")
        or tool.hatch.get("envs")
    )


def _is_package(document: _Document) -> bool:
    """As uv and Poetry tell it: what has a build system is one, unless it is said that it is none."""
    tool = document.tool
    if tool.uv.package is not None:
        return tool.uv.package
    if tool.poetry is not None:
        return tool.poetry.package_mode
    return document.build_system is not None


def _poetry_python(poetry: _Poetry, file: str) -> str:
    said = poetry.dependencies.get("python")
    if not isinstance(said, str):
        return ""
    from samestack.capture.readers.projects.poetry_constraints import specifiers_of
    from samestack.capture.readers.requirements.packaging_values import placed

    with placed(file, "tool.poetry.dependencies.python"):
        specifiers = specifiers_of(said)
    return "" if specifiers is None else str(specifiers)
