"""Simple schemas judged without a library: type, enumeration, bounds, lengths and simple patterns."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from samestack.config.schema.patterns import simple_pattern
from samestack.config.schema.types import Json

_DEEPEST: Final = 8


def is_simple(schema: Json) -> bool:
    """Whether :func:`is_within` can judge by it."""
    return _is_simple(schema, 0)


def is_within(value: object, schema: Json) -> bool:
    """Whether a value meets a simple schema, as JSON Schema 2020-12 has it."""
    return all(_JUDGES[key](value, said) for key, said in schema.items() if key in _JUDGES)


def same(one: object, other: object) -> bool:
    """Whether two values are one to JSON Schema: 1 and 1.0 are, 1 and true are not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return one == other


def is_of_type(value: object, name: str) -> bool:
    """Whether a value is of a type of JSON Schema's, of which a name that there is not takes none."""
    return name in _TYPES and _TYPES[name](value)


def _is_simple(schema: object, depth: int) -> bool:
    """References, and what hides in a boolean schema or behind other keywords, are for the library."""
    if not isinstance(schema, Mapping) or depth > _DEEPEST or not schema.keys() <= _KNOWN:
        return False
    if not all(_is_sound(key, said) for key, said in schema.items()):
        return False
    inner = [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())]
    return all(_is_simple(one, depth + 1) for one in inner)


def _is_sound(key: str, said: object) -> bool:
    """Whether a keyword says what can be judged by; the library tells what is wrong with others."""
    if key in _LENGTHS:
        return isinstance(said, int) and not isinstance(said, bool) and said >= 0
    if key in _BOUNDS:
        return _is_number(said)
    if key == "pattern":
        return isinstance(said, str) and simple_pattern(said) is not None
    if key in ("enum", "anyOf"):
        return isinstance(said, list | tuple) and len(said) > 0
    if key == "type":
        return all(name in _TYPES for name in _names(said))
    return True


def _names(said: object) -> tuple[object, ...]:
    """The types of the keyword ``type``, which has one or several."""
    return tuple(said) if isinstance(said, list | tuple) else (said,)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_of_any_type(value: object, said: object) -> bool:
    return any(is_of_type(value, str(name)) for name in _names(said))


_TYPES: Final[Mapping[str, Callable[[Any], bool]]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: _is_number(value) and (isinstance(value, int) or value.is_integer()),
    "number": _is_number,
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list | tuple),
    "object": lambda value: isinstance(value, Mapping),
}


def _matches(value: str, pattern: str) -> bool:
    expression = simple_pattern(pattern)
    return expression is not None and expression.search(value) is not None


def _length(value: object, kind: type | tuple[type, ...]) -> int | None:
    return len(value) if isinstance(value, kind) else None  # type: ignore[arg-type]


def _at_least(length: int | None, said: int) -> bool:
    return length is None or length >= said


def _at_most(length: int | None, said: int) -> bool:
    return length is None or length <= said


_JUDGES: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "type": _is_of_any_type,
    "enum": lambda value, said: any(same(value, one) for one in said),
    "const": same,
    "minimum": lambda value, said: not _is_number(value) or value >= said,
    "maximum": lambda value, said: not _is_number(value) or value <= said,
    "exclusiveMinimum": lambda value, said: not _is_number(value) or value > said,
    "exclusiveMaximum": lambda value, said: not _is_number(value) or value < said,
    "minLength": lambda value, said: _at_least(_length(value, str), said),
    "maxLength": lambda value, said: _at_most(_length(value, str), said),
    "pattern": lambda value, said: not isinstance(value, str) or _matches(value, said),
    "minItems": lambda value, said: _at_least(_length(value, (list, tuple)), said),
    "maxItems": lambda value, said: _at_most(_length(value, (list, tuple)), said),
    "items": lambda value, said: (
        not isinstance(value, list | tuple) or all(is_within(one, said) for one in value)
    ),
    "anyOf": lambda value, said: any(is_within(value, one) for one in said),
}
"""By keyword."""

_BOUNDS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_LENGTHS: Final = ("minLength", "maxLength", "minItems", "maxItems")
_ANNOTATIONS: Final = frozenset({
    "$comment", "default", "deprecated", "description", "examples", "readOnly", "title", "writeOnly",
    "x-format",
})  # fmt: skip
_KNOWN: Final = _ANNOTATIONS | frozenset(_JUDGES)
