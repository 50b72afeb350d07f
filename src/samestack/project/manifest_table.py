"""``[tool.samestack]`` as a :class:`Manifest`: nothing in the table is passed over in silence."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from samestack.check.suggestion import did_you_mean
from samestack.errors import InputError
from samestack.project.manifest import Backend, Constraint, HostNeeds, Manifest
from samestack.project.manifest_values import check_values

PLACE: Final = "tool.samestack"
"""Where the table stands."""

_ELSEWHERE: Final = (
    "advise",
    "allowed-differences",
    "check",
    "config",
    "deploy",
    "environments",
    "image",
    "models",
    "replay",
)
"""Keys of the table that other verbs read."""


def manifest_of(table: Mapping[str, Any], file: str) -> Manifest:
    """The manifest that a table says; :class:`InputError` names the key, and what it was likely to be."""
    said = {key: _as_text(value) for key, value in table.items() if key not in _ELSEWHERE}
    _refuse_unknown(said, file)
    _refuse_other_backends(said.get("backend"), file)
    manifest = _shaped(said, file)
    check_values(manifest, PLACE, file)
    return manifest


def _as_text(value: object) -> object:
    """A day may stand without quotation marks, as TOML writes days."""
    return value.isoformat() if isinstance(value, dt.date) else value


def _refuse_unknown(table: Mapping[str, Any], file: str) -> None:
    known = Manifest.__struct_encode_fields__
    for key in table:
        _check_key(key, (*known, *_ELSEWHERE), PLACE, file)
    host = table.get("host")
    for key in host if isinstance(host, dict) else ():
        _check_key(key, HostNeeds.__struct_encode_fields__, f"{PLACE}.host", file)
    for place, constraint in _constraints(table):
        for key in constraint:
            _check_key(key, Constraint.__struct_encode_fields__, place, file)


def _constraints(table: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    said = table.get("constraints")
    for index, constraint in enumerate(said if isinstance(said, list) else ()):
        if isinstance(constraint, dict):
            yield f"{PLACE}.constraints[{index}]", constraint


def _check_key(key: str, known: Iterable[str], place: str, file: str) -> None:
    if key not in known:
        raise InputError(file, "there is no such key", place=f"{place}.{key}", hint=did_you_mean(key, known))


def _refuse_other_backends(said: object, file: str) -> None:
    if said is not None and said not in list(Backend):
        hint = did_you_mean(str(said), Backend)
        raise InputError(file, f"there is no backend '{said}'", place=f"{PLACE}.backend", hint=hint)


def _shaped(said: Mapping[str, Any], file: str) -> Manifest:
    try:
        return msgspec.convert(said, Manifest, strict=True)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at ")
        key = place.strip("`").removeprefix("$")
        raise InputError(file, message, place=f"{PLACE}{key}", hint=_hint(said, key)) from None


def _hint(said: Mapping[str, Any], key: str) -> str | None:
    """Versions that look like numbers are the mistake that everybody makes once."""
    value: Any = said
    for part in key.split("."):
        value = value.get(part, value) if isinstance(value, dict) else value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f'write it as a text: "{value}"' if is_number else None
