"""The shape of ``[tool.samestack.replay]``, and what is said of one that has another."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct, field

from samestack.behaviour.comparing.box_columns import COLUMNS, problem_of
from samestack.behaviour.comparing.defaults import PRECISIONS, TOLERANCES
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.settings import FieldSetting, Settings
from samestack.behaviour.comparing.tolerances import BoxesTolerance, Closeness, TextTolerance, Tolerance
from samestack.capture.documents import load_toml, shaped
from samestack.check.suggestion import did_you_mean
from samestack.errors import InputError

_PLACE: Final = "tool.samestack.replay"
_NOT_OPTIONS: Final = frozenset({"noise"})
_OWN: Final = ("kind", "precision")


class _Replay(Struct, frozen=True):
    ignore: tuple[str, ...] = ()
    across_runtimes: bool = field(name="across-runtimes", default=False)
    fields: Mapping[str, dict[str, Any]] = field(default_factory=dict)


class _Own(Struct, frozen=True):
    replay: _Replay = field(default_factory=_Replay)


class _Tool(Struct, frozen=True):
    samestack: _Own = field(default_factory=_Own)


class _Manifest(Struct, frozen=True):
    tool: _Tool = field(default_factory=_Tool)


def settings_of(path: Path) -> Settings:
    """The settings in a manifest; nothing in it is passed over in silence."""
    document, file = load_toml(path, dict[str, Any]), str(path)
    replay = shaped(document, _Manifest, file=file).tool.samestack.replay
    _refuse_unknown(_section(document), _Replay.__struct_encode_fields__, _PLACE, file)
    return Settings(
        file=file,
        ignore=replay.ignore,
        is_across_runtimes=replay.across_runtimes,
        fields={
            pattern: _field(file, f'{_PLACE}.fields."{pattern}"', table)
            for pattern, table in replay.fields.items()
        },
    )


def checked_options(file: str, place: str, kind: Kind, options: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options of a kind in the types that its tolerance has; :class:`InputError` for others."""
    shape = TOLERANCES[kind]
    _refuse_unknown(options, (*_OWN, *_options_of(shape)), place, file)
    try:
        tolerance = msgspec.convert(dict(options), shape, strict=True)
    except msgspec.ValidationError as error:
        message, _, key = str(error).partition(" - at ")
        raise InputError(file, message, place=f"{place}{key.strip('`').removeprefix('$')}") from None
    _refuse_nonsense(tolerance, place, file)
    return {name: getattr(tolerance, name) for name in options}


def _field(file: str, place: str, table: Mapping[str, Any]) -> FieldSetting:
    options = {key: value for key, value in table.items() if key not in _OWN}
    word = _one_of(Kind, "kind", file, place, table)
    precision = _one_of(PRECISIONS, "precision", file, place, table)
    kind = Kind(word) if word else None
    if kind is None:
        _refuse_unknown(options, _ALL_OPTIONS, place, file)
    else:
        checked_options(file, place, kind, options)
        if precision and not issubclass(TOLERANCES[kind], Closeness):
            message = f"answers of the kind '{kind}' have no precision"
            raise InputError(file, message, place=f"{place}.precision")
    return FieldSetting(place=place, kind=kind, precision=precision, options=options)


def _one_of(known: Iterable[str], key: str, file: str, place: str, table: Mapping[str, Any]) -> str:
    """The word that stands under a key, one of those that are known; nothing where it is not there."""
    words, value = list(map(str, known)), table.get(key, "")
    if key not in table or value in words:
        return str(value)
    hint = did_you_mean(str(value), words)
    raise InputError(file, f"there is no {key} '{value}'", place=f"{place}.{key}", hint=hint)


def _options_of(shape: type[Tolerance]) -> tuple[str, ...]:
    return tuple(name for name in shape.__struct_fields__ if name not in _NOT_OPTIONS)


_ALL_OPTIONS: Final = sorted({*_OWN, *(name for shape in TOLERANCES.values() for name in _options_of(shape))})


def _refuse_nonsense(tolerance: Tolerance, place: str, file: str) -> None:
    if isinstance(tolerance, TextTolerance):
        _refuse_pattern(tolerance.pattern, f"{place}.pattern", file)
    if isinstance(tolerance, BoxesTolerance) and tolerance.columns:
        _refuse_columns(tolerance.columns, f"{place}.columns", file)


def _refuse_pattern(pattern: str, place: str, file: str) -> None:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        hint = "it is a regular expression of Python's"
        raise InputError(file, f"the pattern cannot be read: {error}", place=place, hint=hint) from None


def _refuse_columns(columns: tuple[str, ...], place: str, file: str) -> None:
    for column in columns:
        if column not in COLUMNS:
            hint = did_you_mean(column, COLUMNS)
            raise InputError(file, f"there is no column '{column}'", place=place, hint=hint)
    if problem := problem_of(columns):
        raise InputError(file, problem, place=place)


def _section(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table, which has been found to be one."""
    found: Any = document
    for key in _PLACE.split("."):
        found = found.get(key, {})
    return dict(found)


def _refuse_unknown(table: Mapping[str, Any], known: Iterable[str], place: str, file: str) -> None:
    words = tuple(known)
    for key in table:
        if key not in words:
            hint = did_you_mean(key, words) if words else None
            raise InputError(file, f"there is no key '{key}' here", place=place, hint=hint)
