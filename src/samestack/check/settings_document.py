"""The shape of ``[tool.samestack.check]``, and what is said of one that has another."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from samestack.capture.documents import load_toml, shaped
from samestack.check.report import FailOn
from samestack.check.settings import Settings
from samestack.check.suggestion import did_you_mean
from samestack.check.suppressions import Suppression
from samestack.errors import InputError

_PLACE: Final = "tool.samestack.check"


class _Entry(Struct, frozen=True):
    rule: str
    subject: str
    reason: str
    until: dt.date


class _Check(Struct, frozen=True):
    suppress: tuple[_Entry, ...] = ()
    fail_on: FailOn | None = field(name="fail-on", default=None)


class _Own(Struct, frozen=True):
    check: _Check = _Check()


class _Tool(Struct, frozen=True):
    samestack: _Own = _Own()


class _Manifest(Struct, frozen=True):
    tool: _Tool = _Tool()


def settings_of(path: str, rules: Collection[str]) -> Settings:
    """The settings in a manifest; nothing in it is passed over in silence."""
    document = load_toml(Path(path), dict[str, Any])
    _refuse_unknown(document, path)
    check = shaped(document, _Manifest, file=path).tool.samestack.check
    for number, entry in enumerate(check.suppress):
        _refuse_nonsense(entry, f"{_PLACE}.suppress[{number}]", path, rules)
    return Settings(
        file=path if _section(document) else "",
        suppressions=tuple(map(_suppression, check.suppress)),
        fail_on=check.fail_on,
    )


def _suppression(entry: _Entry) -> Suppression:
    return Suppression(
        rule=entry.rule, subject=entry.subject, reason=entry.reason, until=entry.until.isoformat()
    )


def _section(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table, as far as it is one; what is no table is told by the shape."""
    found: Any = document
    for key in _PLACE.split("."):
        found = found.get(key, {}) if isinstance(found, dict) else {}
    return found if isinstance(found, dict) else {}


def _refuse_unknown(document: Mapping[str, Any], path: str) -> None:
    section = _section(document)
    _refuse_keys(section, _Check.__struct_encode_fields__, _PLACE, path)
    entries = section.get("suppress", ())
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            place = f"{_PLACE}.suppress[{number}]"
            _refuse_keys(entry, _Entry.__struct_encode_fields__, place, path)


def _refuse_keys(table: Mapping[str, Any], known: Iterable[str], place: str, path: str) -> None:
    for key in table:
        if key not in known:
            raise InputError(
                path, f"there is no key '{key}' here", place=place, hint=did_you_mean(key, known)
            )


def _refuse_nonsense(entry: _Entry, place: str, path: str, rules: Collection[str]) -> None:
    if entry.rule not in rules:
        hint = did_you_mean(entry.rule, rules)
        raise InputError(path, f"there is no rule '{entry.rule}'", place=f"{place}.rule", hint=hint)
    for key in ("subject", "reason"):
        if not getattr(entry, key).strip():
            raise InputError(path, f"the {key} is empty", place=f"{place}.{key}", hint=f"write the {key}")
