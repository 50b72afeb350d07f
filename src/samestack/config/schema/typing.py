"""Texts as what their field is: sources such as the environment know nothing else than texts."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from samestack.config.schema.bounds import same
from samestack.config.schema.field import Field
from samestack.config.schema.types import Json, alternatives, types_of

_TRUE: Final = frozenset({"true", "1", "yes", "on", "t", "y"})
_FALSE: Final = frozenset({"false", "0", "no", "off", "f", "n"})
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,1000}")
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_MOST_CHARACTERS: Final = 1024 * 1024
"""A longer text is no JSON that anybody wrote as a variable."""


def typed(value: object, field: Field) -> Any:  # noqa: ANN401 - whatever JSON has
    """A value as what its field is. What is no text stays, but for a whole float where integers are wanted.

    Of several types, the first that takes a text makes it what it is; a string, which takes every one, is the
    last, unless a number would be written otherwise than the text: ``1.10``. :class:`ValueError`, with no
    text in it that could show the value, where none does.
    """
    if not isinstance(value, str):
        return _as_integer(value, field)
    can_stay = "string" in types_of(field.schema)
    for schema in _tried(field.schema):
        for candidate in _readings(value, schema):
            if not (can_stay and _is_other_number(candidate, value)):
                return candidate
    raise ValueError


def _tried(schema: Json) -> list[Json]:
    """The alternatives of a schema, those that take every text at the end."""
    return sorted(alternatives(schema), key=lambda one: not types_of(one) or "string" in types_of(one))


def _readings(text: str, schema: Json) -> list[Any]:
    """What a text is by a schema without alternatives: at most one value of each of its types."""
    types = types_of(schema) or ("string",)
    found = []
    for name in sorted(types, key=lambda one: one == "string"):
        try:
            found.append(_READERS[name](text))
        except (KeyError, ValueError):
            continue
    members = schema.get("enum")
    return [one for one in found if members is None or any(same(one, each) for each in members)] or found


def _is_other_number(value: object, text: str) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and str(value) != text


def _as_integer(value: object, field: Field) -> object:
    if isinstance(value, float) and value.is_integer():
        types = types_of(field.schema)
        return int(value) if "integer" in types and "number" not in types else value
    return value


def _boolean(text: str) -> bool:
    word = text.strip().lower()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise ValueError


def _integer(text: str) -> int:
    if _INTEGER.fullmatch(text.strip()) is None:
        raise ValueError
    return int(text)


def _number(text: str) -> int | float:
    """A whole number without a point stays one, so that it is written again as it was."""
    stripped = text.strip()
    if _INTEGER.fullmatch(stripped):
        return int(stripped)
    if _NUMBER.fullmatch(stripped) is None or not math.isfinite(found := float(stripped)):
        raise ValueError
    return found


def _array(text: str) -> object:
    return _json(text, list)


def _object(text: str) -> object:
    return _json(text, dict)


def _json(text: str, shape: type) -> object:
    if len(text) > _MOST_CHARACTERS:
        raise ValueError
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise ValueError from None  # what the library says may quote the text
    if not isinstance(found, shape):
        raise ValueError  # noqa: TRY004 - a text is never of a wrong type, only of a wrong form
    return found


_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "boolean": _boolean,
    "integer": _integer,
    "number": _number,
    "array": _array,
    "object": _object,
    "string": str,
}
"""By type; there is none for null: no text is that."""
