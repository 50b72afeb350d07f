"""Which part of ``poetry.lock`` a project wants: Poetry locks every group and extra, wanted or not."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, field

from samestack.capture.documents import load_toml, shaped
from samestack.capture.readers.requirements.packaging_values import package_name, placed
from samestack.errors import RequestError
from samestack.model import Component, Stack
from samestack.project.declared import FILE_NAME
from samestack.project.manifest import Project


class Selection(Struct, frozen=True, kw_only=True):
    """Normalised names, sorted; what everybody needs is always wanted."""

    extras: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


class _Group(Struct, frozen=True):
    optional: bool = False


class _Poetry(Struct, frozen=True):
    group: dict[str, _Group] = field(default_factory=dict)
    dev_dependencies: dict[str, Any] = field(default_factory=dict, name="dev-dependencies")
    extras: dict[str, Any] = field(default_factory=dict)


class _Tools(Struct, frozen=True):
    poetry: _Poetry = _Poetry()


class _Table(Struct, frozen=True):
    optional_dependencies: dict[str, Any] = field(default_factory=dict, name="optional-dependencies")


class _Document(Struct, frozen=True):
    project: _Table = _Table()
    dependency_groups: dict[str, Any] = field(default_factory=dict, name="dependency-groups")
    tool: _Tools = _Tools()


def selection(project: Project, extras: Iterable[str] = (), groups: Iterable[str] = ()) -> Selection:
    """The extras and groups of the manifest and these, with the groups that Poetry installs unasked.

    :class:`RequestError` for one that the project does not have.
    """
    path = project.directory / FILE_NAME
    document = shaped(load_toml(path, dict[str, Any]), _Document, file=str(path))
    with placed(str(path), "the names of extras and groups"):
        known_groups = {package_name(name): is_optional for name, is_optional in _groups(document)}
        known_extras = set(map(package_name, _extras(document)))
    return Selection(
        extras=_chosen("extra", (*project.manifest.extras, *extras), known_extras),
        groups=_chosen(
            "group",
            (*project.manifest.groups, *groups, *_unasked(known_groups)),
            known_groups,
        ),
    )


def selected(stack: Stack, selection: Selection) -> Stack:
    """The stack without what only other groups and extras ask for."""
    wanted = {*selection.groups, *selection.extras}
    return Stack.of(one for one in stack if _is_wanted(one, wanted))


def _is_wanted(component: Component, wanted: set[str]) -> bool:
    asking = component.circumstances.get("group")
    return not isinstance(asking, tuple) or not wanted.isdisjoint(asking)


def _groups(document: _Document) -> Iterator[tuple[str, bool]]:
    """Each with whether it is optional; Poetry's table may say so of a standard group."""
    poetry = document.tool.poetry
    if poetry.dev_dependencies:
        yield "dev", False
    for name in document.dependency_groups:
        yield name, False
    for name, group in poetry.group.items():
        yield name, group.optional


def _extras(document: _Document) -> Iterator[str]:
    yield from document.project.optional_dependencies
    yield from document.tool.poetry.extras


def _unasked(groups: dict[str, bool]) -> Iterator[str]:
    return (name for name, is_optional in groups.items() if not is_optional)


def _chosen(kind: str, names: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    known = sorted(known)
    try:
        chosen = set(map(package_name, names))
    except ValueError as error:
        raise RequestError(f"{kind}: {error}") from None
    for name in sorted(chosen.difference(known)):
        there_are = f"there are {', '.join(known)}" if known else "there is none"
        raise RequestError(f"the project has no {kind} '{name}'", hint=there_are)
    return tuple(sorted(chosen))
