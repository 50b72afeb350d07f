"""The models of a project: each file in a layer of its own, so that a new application moves none of them."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from samestack.capture.documents import load_toml
from samestack.errors import InputError, RequestError
from samestack.project.manifest import Project


class _Samestack(Struct):
    models: tuple[str, ...] = ()


class _Tool(Struct):
    samestack: _Samestack = field(default_factory=_Samestack)


class _Manifest(Struct):
    tool: _Tool = field(default_factory=_Tool)


def model_paths(project: Project) -> tuple[str, ...]:
    """The paths, relative to the project, that ``[tool.samestack] models`` names, largest files first.

    :class:`InputError` for a pattern that leads out of the project or matches nothing.
    """
    if not project.file:
        return ()
    file = project.directory / project.file
    found: set[str] = set()
    for number, pattern in enumerate(load_toml(file, _Manifest).tool.samestack.models):
        matched = set(_matched(project.directory, pattern, f"{file}", f"tool.samestack.models[{number}]"))
        found |= matched
    return tuple(sorted(found, key=lambda path: (-_size(project.directory / path), path)))


def _matched(directory: Path, pattern: str, file: str, place: str) -> Iterator[str]:
    parts = pattern.split("/")
    if pattern.startswith("/") or ".." in parts or not pattern.strip():
        raise InputError(file, f"'{pattern}' leads out of the project", place=place)
    try:
        matches = [path for path in directory.glob(pattern) if path.is_file()]
    except ValueError as error:
        raise InputError(file, f"'{pattern}': {error}", place=place) from None
    root = directory.resolve()
    if not matches:
        raise InputError(file, f"'{pattern}' matches no file", place=place, hint="fetch the model first")
    for path in matches:
        if not path.resolve().is_relative_to(root):
            raise RequestError(f"{path} is a link that leads out of the project")
        yield path.relative_to(directory).as_posix()


def _size(path: Path) -> int:
    return path.stat().st_size
