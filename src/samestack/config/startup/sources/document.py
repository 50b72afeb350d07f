"""The documents of a profile: TOML, YAML or JSON, whose nested keys are variables."""

from __future__ import annotations

import datetime as dt
import os
import re
from typing import TYPE_CHECKING, Any

from samestack.config.startup.bounds import is_bounded
from samestack.config.startup.entry import BASE, PROFILE, Entry, UnreadableError
from samestack.config.startup.names import leaves
from samestack.config.startup.sources.local_file import read_local

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_ENDINGS = (".toml", ".yaml", ".yml", ".json")
_BASE = "base"
_PROFILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_MAX_VARIABLES = 10_000


def is_profile_name(profile: str) -> bool:
    """Whether a profile may be called so: a name with a separator would lead to other files."""
    return profile != _BASE and _PROFILE_NAME.fullmatch(profile) is not None


def document_of(directory: str, stem: str) -> tuple[str, int] | None:
    """The document of a profile, or the base, and its layer; ``UnreadableError`` where there are two."""
    paths = [os.path.join(directory, stem + ending) for ending in _ENDINGS]
    found = [path for path in paths if os.path.isfile(path)]
    if len(found) > 1:
        names = " and ".join(map(os.path.basename, found))
        raise UnreadableError(directory, f"{names} would both be '{stem}': keep one of them")
    return (found[0], BASE if stem == _BASE else PROFILE) if found else None


def stems_of(profile: str) -> list[str]:
    """The stems whose documents are read."""
    return [profile, _BASE] if is_profile_name(profile) else [_BASE]


def document_entries(path: str, rank: int, maps: Collection[str]) -> list[Entry]:
    """The variables of a document; those in ``maps`` keep their map whole."""
    document = _parsed(path, read_local(path, path))
    entries: list[Entry] = []
    for leaf in leaves(document, path, maps):
        if len(entries) == _MAX_VARIABLES:
            raise UnreadableError(path, f"more than {_MAX_VARIABLES:,} variables")
        place = ".".join(leaf.path)
        entries.append(Entry(leaf.name, _as_json(leaf.value, path, place), rank, path, place))
    return entries


def _as_json(value: object, path: str, place: str) -> Any:  # noqa: ANN401 - what JSON can say
    """A value as JSON has it: dates, which TOML and YAML know, as texts."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, list):
        return [_as_json(item, path, place) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: _as_json(item, path, place) for key, item in value.items()}
    raise UnreadableError(path, "a value, or a key, of a type that JSON does not have", place)


def _parsed(path: str, text: str) -> Mapping[str, Any]:
    parse = {".toml": _toml, ".json": _json}.get(os.path.splitext(path)[1], _yaml)
    place, document = parse(path, text)
    if place is not None:
        raise UnreadableError(path, f"not {parse.__name__[1:].upper()}", place)
    if not isinstance(document, dict):
        raise UnreadableError(path, "not a table of variables")
    if not is_bounded(document):
        raise UnreadableError(path, "nested too deeply, or of too many values")
    return document


def _toml(path: str, text: str) -> tuple[str | None, object]:
    """Where it is none, and what it says. What the parser says may show a value, but for the place."""
    try:
        import tomllib as toml
    except ImportError:  # before Python 3.11
        toml = _needed("tomli", path)
    try:
        return None, toml.loads(text)
    except (ValueError, RecursionError) as error:
        found = re.search(r"\(at (line \d+, column \d+)\)$", str(error))
        return found[1] if found else "", None


def _json(_: str, text: str) -> tuple[str | None, object]:
    import json

    try:
        return None, json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        return f"line {error.lineno}, column {error.colno}", None
    except (ValueError, RecursionError):
        return "", None


def _no_constant(_: str) -> object:
    raise ValueError  # NaN and the infinities are not JSON


def _yaml(path: str, text: str) -> tuple[str | None, object]:
    yaml = _needed("yaml", path)
    try:
        document = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        return "" if mark is None else f"line {mark.line + 1}, column {mark.column + 1}", None
    return None, {} if document is None else document  # to YAML, a file of comments is null


def _needed(module: str, path: str) -> Any:  # noqa: ANN401 - modules that need not be there
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError:
        package = {"yaml": "pyyaml"}.get(module, module)
    raise UnreadableError(path, f"cannot be read without the package {package}: install it")
