"""One requirement as people write it for pip: a dependency specifier, or an address or path with a marker."""

import re
from pathlib import Path

from msgspec import Struct, field

from samestack.capture.documents import load_toml
from samestack.capture.readers.locks.provenance import fragment_value, is_path, of_address
from samestack.capture.readers.requirements.packaging_values import (
    marker_text,
    package_name,
    requirement_of,
    shown,
)
from samestack.capture.readers.requirements.wishes import Wish, file_name_tells, wish_of
from samestack.errors import InputError

# A scheme, the first character of a path, or a separator before anything that ends a name.
_ADDRESS = re.compile(r"[A-Za-z][\w+.-]*:|[./\\~]|[^\s;@]*[/\\]")
_FILE = re.compile(r"[^\s;@]+\.(whl|zip|tar|tar\.gz|tgz|tar\.bz2|tbz|tar\.xz|txz)(\s|;|\[|$)", re.IGNORECASE)
_WITH_EXTRAS = re.compile(r"(?P<address>.+?)(\[(?P<extras>[\w\s.,-]+)\])?")


class UnnamedError(ValueError):
    """Nothing tells the name of what an address leads to."""


def parsed_wish(text: str, directory: Path, *, is_editable: bool = False) -> Wish:
    """What a requirement says; paths are relative to ``directory``.

    ``ValueError`` for what is no requirement, :class:`UnnamedError` for one that names nothing.
    """
    if not (is_editable or _ADDRESS.match(text) or _FILE.match(text)):
        return wish_of(requirement_of(text))
    address, marker = _parted(text)
    match = _WITH_EXTRAS.fullmatch(address)
    if match is None:
        raise ValueError("not a requirement: there is no address")
    name, version = _told(match["address"], directory)
    if name is None:
        raise UnnamedError(f"nothing tells the name of what lies at {shown(address)}")
    extras = (extra for extra in (match["extras"] or "").split(",") if extra.strip())
    return Wish(
        name=package_name(name),
        version=version,
        marker=marker_text(marker),
        extras=tuple(sorted({package_name(extra.strip()) for extra in extras})),
        provenance=of_address(match["address"], is_editable=is_editable),
    )


def _parted(text: str) -> tuple[str, str]:
    """Address and marker: a semicolon may be part of an address, but none that a space follows."""
    separator = ";" if is_path(text) else "; "
    address, _, marker = text.partition(separator)
    return address.strip(), marker


def _told(address: str, directory: Path) -> tuple[str | None, str | None]:
    """Name and version, as far as the address, the file's name or the project's own manifest tells them."""
    egg = fragment_value(address, "egg")
    said = file_name_tells(address)
    if said is not None:
        return said
    if egg is not None:
        return egg.partition("[")[0], None
    is_here = is_path(address) or address.startswith("file://")
    path = address.removeprefix("file://").partition("#")[0]
    return (_project_name(directory / path) if is_here else None), None


class _Project(Struct):
    name: str | None = None


class _Tool(Struct):
    poetry: _Project = field(default_factory=_Project)


class _Manifest(Struct):
    project: _Project = field(default_factory=_Project)
    tool: _Tool = field(default_factory=_Tool)


def _project_name(directory: Path) -> str | None:
    try:
        manifest = load_toml(directory / "pyproject.toml", _Manifest)
    except InputError:  # not there, or not to be understood: then nothing tells the name
        return None
    return manifest.project.name or manifest.tool.poetry.name
