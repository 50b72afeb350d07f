"""Whether a value meets its field's schema, and if not, whether already its type is wrong."""

import math
from collections.abc import Mapping
from typing import Any, Literal

from samestack.config.schema.bounds import is_of_type, is_simple, is_within
from samestack.config.schema.types import Json, alternatives, items_of, type_name, types_of
from samestack.errors import InputError
from samestack.libraries import library

Fault = Literal["type", "range"]


def fault_of(value: object, schema: Json, *, source: str) -> Fault | None:
    """What is wrong with a value: its type, or something else; ``None`` where nothing is.

    ``source`` is where the schema is declared: :class:`InputError` names it where the schema is none.
    """
    if not _is_json(value):
        return "type"
    if conforms(value, schema, source=source):
        return None
    return "range" if _has_type(value, schema) else "type"


def conforms(value: object, schema: Json, *, source: str) -> bool:
    """Whether a value meets a schema."""
    if is_simple(schema):
        return is_within(value, schema)
    try:
        return bool(validator_of(schema, source).is_valid(value))
    except ValueError:  # a character that no text of another program can have
        return False


def validator_of(schema: Json, source: str) -> Any:  # noqa: ANN401 - the library comes late, and its types with it
    """The library's validator; :class:`InputError` where the schema is none."""
    validators = library("jsonschema_rs", "checking this configuration", extra="config")
    try:
        return validators.Draft202012Validator(
            schema,
            validate_formats=True,
            retriever=_nothing_is_fetched,
            pattern_options=validators.RegexOptions(),
        )
    except ValueError:
        hint = "see that its patterns and references are right; look-around and back references are not known"
        raise InputError(source, "not a schema that values can be checked by", hint=hint) from None


def _nothing_is_fetched(address: str) -> Any:  # noqa: ANN401, ARG001
    raise ValueError


def _has_type(value: object, schema: Json) -> bool:
    return any(_is_of(value, one) for one in alternatives(schema))


def _is_of(value: object, schema: Json) -> bool:
    types, items = types_of(schema), items_of(schema)
    if types and not any(is_of_type(value, name) for name in types):
        return False
    if not isinstance(value, list) or items is None:
        return True
    return all(_has_type(one, items) for one in value)


def _is_json(value: object) -> bool:
    """Numbers that are none, which YAML and TOML can write, are no JSON."""
    match type_name(value):
        case "number":
            return isinstance(value, float) and math.isfinite(value)
        case "array":
            return isinstance(value, list | tuple) and all(map(_is_json, value))
        case "object":
            return isinstance(value, Mapping) and all(map(_is_json, value.values()))
        case name:
            return name != ""
