"""The settings that uv decides by: the project's own ``[tool.uv]``, and what a lock adds to it.

uv takes the environments to decide for, and constraints, from settings alone. So it is given a project beside
the user's, whose settings are the user's with these in addition: nothing of the user's is touched.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from samestack.capture.documents import read_text
from samestack.errors import InputError
from samestack.lock.platforms import environment_markers
from samestack.lock.terms import Terms

_INDEX_KEYS: Final = ("index", "index-url", "extra-index-url", "find-links", "no-index")
_NO: Final = ("", "0", "f", "false", "n", "no", "off")
_OF_PROJECTS: Final = ("sources", "workspace", "package", "dev-dependencies", "default-groups", "managed")
"""What uv reads of the manifests that it is named, and not of these settings."""


class UvSettings(Struct, frozen=True, kw_only=True):
    """What a project tells uv."""

    file: Path | None = None
    """Where it stands; ``None`` where it says nothing."""
    table: Mapping[str, Any] = field(default_factory=dict)

    @property
    def names_indexes(self) -> bool:
        """Whether the project says where packages come from: then pip's configuration does not count."""
        return any(key in self.table for key in _INDEX_KEYS)


def uv_settings(directory: Path) -> UvSettings:
    """The settings that hold in a directory: of the nearest ``uv.toml`` or ``[tool.uv]`` at it or above.

    ``UV_CONFIG_FILE`` and ``UV_NO_CONFIG`` take their place, as for uv.
    """
    if named := os.environ.get("UV_CONFIG_FILE"):
        return UvSettings(file=Path(named), table=_document(Path(named)))
    if os.environ.get("UV_NO_CONFIG", "0").lower() not in _NO:
        return UvSettings()
    return _nearest(directory)


def write_settings(settings: UvSettings, terms: Terms, directory: Path) -> None:
    """Write the manifest of a project into ``directory``, by whose settings uv decides a lock."""
    import tomli_w

    own = {key: value for key, value in settings.table.items() if key not in _OF_PROJECTS}
    base = settings.file.parent if settings.file is not None else directory
    constraints = [one.requirement for one in terms.constraints]
    table = {
        **dict(_with_absolute_paths(own, base)),
        "environments": list(environment_markers(terms.platforms, terms.python)),
        "constraint-dependencies": [*own.get("constraint-dependencies", ()), *constraints],
    }
    text = tomli_w.dumps({"tool": {"uv": table}})
    (directory / "pyproject.toml").write_text(text, encoding="utf-8")


def _nearest(directory: Path) -> UvSettings:
    for folder in (directory, *directory.parents):
        file = folder / "uv.toml"
        if file.is_file():
            return UvSettings(file=file, table=_document(file))
        file = folder / "pyproject.toml"
        if file.is_file() and "[tool.uv" in read_text(file):
            table = _document(file).get("tool", {}).get("uv")
            if isinstance(table, dict):
                return UvSettings(file=file, table=table)
    return UvSettings()


def _document(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_text(file))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(str(file), f"not TOML: {error}") from None


def _with_absolute_paths(table: Mapping[str, Any], base: Path) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if key == "index" and isinstance(value, list):
            yield key, [_index(one, base) for one in value]
        elif key in {"find-links", "extra-index-url"} and isinstance(value, list):
            yield key, [_absolute(one, base) for one in value]
        elif key in {"index-url", "cache-dir"}:
            yield key, _absolute(value, base)
        else:
            yield key, value


def _index(said: object, base: Path) -> object:
    if not isinstance(said, dict) or "url" not in said:
        return said
    return {**said, "url": _absolute(said["url"], base)}


def _absolute(address: object, base: Path) -> object:
    if not isinstance(address, str) or ":" in address:
        return address
    return str(base / address)
