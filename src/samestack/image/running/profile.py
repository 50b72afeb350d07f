"""A profile's configuration, as the variables of a container: ``config/base.*`` below ``config/PROFILE.*``.

Maps merge, everything else replaces. Nested names are joined by two underscores and written in capitals
(``database.url`` is ``DATABASE__URL``), as pydantic-settings reads them. A list is JSON; null takes away what
the base says.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any, Final

import msgspec

from samestack.capture.documents import load_json, load_toml
from samestack.capture.yaml_aliases import load_bounded_yaml
from samestack.config.layering import merged
from samestack.errors import InputError, RequestError

DIRECTORY: Final = "config"
_BASE: Final = "base"
_READERS: Final = {
    ".toml": load_toml,
    ".yaml": load_bounded_yaml,
    ".yml": load_bounded_yaml,
    ".json": load_json,
}
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PROFILE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_BETWEEN: Final = "__"


def profile_variables(project: Path, profile: str) -> Mapping[str, str]:
    """The variables of a profile, by name.

    :class:`RequestError` where there is no such profile, :class:`InputError` naming file and place for what
    no variable can hold.
    """
    directory = project / DIRECTORY
    own = _file(directory, profile) if _PROFILE.fullmatch(profile) and profile != _BASE else None
    if own is None:
        raise RequestError(f"{directory}: there is no profile '{profile}'", hint=_choices(directory))
    base = _file(directory, _BASE)
    table = merged(_read(base) if base else {}, _read(own))
    return dict(sorted(_flat(table, "", str(own))))


def _file(directory: Path, stem: str) -> Path | None:
    found = [path for end in _READERS if (path := directory / f"{stem}{end}").is_file()]
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise RequestError(f"{directory}: {names} would both be '{stem}'", hint="keep one of them")
    return found[0] if found else None


def _choices(directory: Path) -> str:
    files = directory.iterdir() if directory.is_dir() else ()
    names = sorted({path.stem for path in files if path.suffix in _READERS and path.stem != _BASE})
    return f"there are: {', '.join(names)}" if names else f"write {DIRECTORY}/NAME.toml in the project"


def _read(path: Path) -> Mapping[str, Any]:
    return _in_capitals(_READERS[path.suffix](path, dict[str, Any]), "", str(path))


def _in_capitals(table: Mapping[Any, Any], place: str, file: str) -> Mapping[str, Any]:
    """The table with the names that its variables will have, so that equal ones meet."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        where = f"{place}.{key}".lstrip(".")
        if not isinstance(key, str) or not _NAME.fullmatch(key):
            raise InputError(file, "no variable has such a name", place=where, hint="letters, digits and _")
        if key.upper() in found:
            raise InputError(file, "another key is the same variable", place=where)
        found[key.upper()] = _in_capitals(value, where, file) if isinstance(value, Mapping) else value
    return found


def _flat(table: Mapping[str, Any], prefix: str, file: str) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for key, value in table.items():
        name = f"{prefix}{key}"
        inner = _flat(value, f"{name}{_BETWEEN}", file) if isinstance(value, Mapping) else _one(name, value)
        for variable, text in inner:
            if variable in seen:
                raise InputError(file, "two keys are this variable", place=variable)
            seen.add(variable)
            yield variable, text


def _one(name: str, value: object) -> Iterator[tuple[str, str]]:
    if value is not None:
        yield name, _text(value)


def _text(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str() | int() | float():
            return str(value)
        case date() | time():
            return value.isoformat()
        case _:
            return msgspec.json.encode(value).decode()
