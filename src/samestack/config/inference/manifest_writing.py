"""What was inferred as lines of ``[tool.samestack.config]``; all else in the manifest stays as it is."""

import tomllib
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from msgspec import UNSET

from samestack.config.inference.inferring import Inferred
from samestack.config.settings import PLACE
from samestack.errors import InputError
from samestack.project.toml_tables import with_keys

_FIELDS: Final = f"{PLACE}.fields"
_MARK: Final = "SAMESTACK_FIELDS_STAND_HERE"
_SHOWN_PLACES: Final = 3


def with_schema(text: str, reference: str, file: str) -> str:
    """The manifest with a settings class as its schema; ``file`` names it in errors."""
    return _refused(with_keys(text, PLACE, {"schema": reference}), PLACE, file)


def with_fields(text: str, fields: Sequence[Inferred], with_defaults: Collection[str], file: str) -> str:
    """The manifest with more fields, each with a comment of where it is read.

    The fields named in ``with_defaults`` are given their defaults. :class:`InputError` where the manifest is
    written in a way that has no room for a line.
    """
    if not fields:
        return text
    marked = _refused(with_keys(text, _FIELDS, {_MARK: 0}), _FIELDS, file)
    lines = marked.splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{_MARK} = "))
    ending = lines[at].removeprefix(f"{_MARK} = 0")
    own = [f"{_line(field, with_default=field.name in with_defaults)}{ending}" for field in fields]
    after = "".join((*lines[:at], *own, *lines[at + 1 :]))
    return _refused(after if _says(after, marked, fields) else None, _FIELDS, file)


def _says(after: str, marked: str, fields: Iterable[Inferred]) -> bool:
    """Whether the text says what the marked one does, with the fields in place of the mark."""
    said, expected = tomllib.loads(after), tomllib.loads(marked)
    before = expected["tool"]["samestack"]["config"]["fields"]
    now = said["tool"]["samestack"]["config"]["fields"]
    del before[_MARK]
    added = {field.name: now.pop(field.name, None) for field in fields}
    return said == expected and all(isinstance(table, dict) for table in added.values())


def _line(field: Inferred, *, with_default: bool) -> str:
    """``MAX_WORKERS = { type = "integer", required = true }  # server.py:12``."""
    keys = {"type": field.type}
    parts: dict[str, Any] = {
        **keys,
        **({"secret": True} if field.is_secret else {}),
        **({"required": True} if field.is_required else {}),
        **({"default": field.default} if with_default and field.default is not UNSET else {}),
    }
    inner = ", ".join(f"{key} = {_literal(value)}" for key, value in parts.items())
    return f"{field.name} = {{ {inner} }}  # {_places(field.places)}"


def _literal(value: object) -> str:
    import tomli_w

    return tomli_w.dumps({"v": value}).removeprefix("v = ").rstrip("\n")


def _places(places: Sequence[str]) -> str:
    """Where a variable is read; names of files are anybody's, and a comment is one line."""
    shown = ", ".join(places[:_SHOWN_PLACES])
    more = len(places) - _SHOWN_PLACES
    text = f"{shown} and {more} more" if more > 0 else shown
    return "".join(one if one.isprintable() else "?" for one in text)


def _refused(text: str | None, table: str, file: str) -> str:
    if text is None:
        message = "it cannot be added to as it is written"
        raise InputError(file, message, place=table, hint=f"write it with a header of its own: [{table}]")
    return text
