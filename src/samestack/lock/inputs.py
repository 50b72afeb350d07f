"""What a lock was decided from, as digests: of each file, only what the decision depends on.

A manifest holds the settings of linters, too. They may change without the lock being out of date, so of a
``pyproject.toml`` only the tables that ask for packages, or say from where, are digested.
"""

import os.path
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from samestack.capture.documents import read_bytes
from samestack.errors import InputError
from samestack.sha256 import sha256_hex

_PROJECT: Final = (
    "name",
    "requires-python",
    "dependencies",
    "optional-dependencies",
    "dynamic",
)
_MANIFEST: Final = (
    "backend",
    "python",
    "platforms",
    "extras",
    "groups",
    "channels",
    "system-packages",
    "as-of",
    "urls",
    "host",
    "constraints",
)
_TOOLS: Final = ("uv", "poetry", "pdm", "setuptools", "pixi")
"""The tools in whose tables requirements stand, or the indexes that they are looked up in."""

_MISSING: Final = "missing"


def input_digests(files: Iterable[Path], directory: Path) -> dict[str, str]:
    """By file, relative to the directory of the lock, the digest of what matters of it."""
    named = {relative(file, directory): input_digest(file) for file in files}
    return dict(sorted(named.items()))


def relative(file: Path, directory: Path) -> str:
    """The path of a file as a lock names it: from its own directory, with slashes."""
    return Path(os.path.relpath(file.absolute(), directory.absolute())).as_posix()


def input_digest(file: Path) -> str:
    """``sha256:`` of what matters of one file; ``missing`` where there is none."""
    if not file.is_file():
        return _MISSING
    content = read_bytes(file)
    if file.name == "pyproject.toml":
        content = _essence(content, file)
    return f"sha256:{sha256_hex(content)}"


def _essence(content: bytes, file: Path) -> bytes:
    """What of a manifest a lock depends on, the same however it is written."""
    try:
        document = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(str(file), f"not TOML: {error}") from None
    tools = _table(document, "tool")
    parts = {
        "project": _picked(_table(document, "project"), _PROJECT),
        "dependency-groups": document.get("dependency-groups"),
        "build-system": document.get("build-system"),
        "samestack": _without_reasons(_picked(_table(tools, "samestack"), _MANIFEST)),
        "tools": _picked(tools, _TOOLS),
    }
    return msgspec.json.encode(parts, order="sorted")


def _table(document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = document.get(key)
    return value if isinstance(value, dict) else {}


def _picked(table: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: table[key] for key in keys if key in table}


def _without_reasons(table: dict[str, Any]) -> dict[str, Any]:
    """The table without why its constraints are there: other words for that decide nothing."""
    said = table.get("constraints")
    if not isinstance(said, list):
        return table
    requirements = [one.get("requirement") if isinstance(one, dict) else one for one in said]
    return {**table, "constraints": requirements}
