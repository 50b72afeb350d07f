"""JSON Schemas of pydantic made such that each stands for itself and holds no value: pure functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_DROPPED = ("default", "description", "discriminator", "env", "env_names", "example", "examples", "title")
"""Annotations: some hold defaults, and the default of a secret is a secret."""
_RENAMED = {"definitions": "$defs", "format": "x-format"}
EXTRAS = ("secret", "longest_age", "longest-age", "unit", "required_in")
"""What a field may say to samestack alone."""
_OF_SCHEMA = ("additionalProperties", "contains", "items", "not", "propertyNames", "if", "then", "else")
_OF_LIST = ("allOf", "anyOf", "oneOf", "prefixItems")
_OF_MAP = ("$defs", "properties", "patternProperties", "dependentSchemas")
_PREFIX = "#/$defs/"
_COMPOUND = ("array", "object")


def plain(schema: Any) -> Any:  # noqa: ANN401
    """The schema without annotations, as JSON Schema 2020-12 writes it.

    A format is an annotation, too: pydantic takes more than the format says, and checks it itself.
    """
    if not isinstance(schema, dict):
        return schema
    found = {}
    for key, value in schema.items():
        name = _RENAMED.get(str(key), str(key))
        if name not in _DROPPED:
            found[name] = _inner(name, value)
    if isinstance(found.get("items"), list):  # how pydantic 1 writes a tuple
        found["prefixItems"] = found.pop("items")
    if "$ref" in found:
        found["$ref"] = str(found["$ref"]).replace("#/definitions/", _PREFIX)
    return found


def _inner(key: str, value: Any) -> Any:  # noqa: ANN401
    if key in _OF_MAP and isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if key in _OF_LIST + _OF_SCHEMA:
        return [plain(one) for one in value] if isinstance(value, list) else plain(value)
    return value


def self_contained(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema with the definitions that it refers to, and no reference at its top."""
    found = _inlined(schema, definitions)
    for key in ("anyOf", "oneOf"):
        if key in found:
            found[key] = [_inlined(one, definitions) for one in found[key]]
    needed: dict[str, Any] = {}
    _collect(found, definitions, needed)
    return dict(found, **{"$defs": needed}) if needed else found


def _inlined(schema: Any, definitions: dict[str, Any]) -> Any:  # noqa: ANN401
    for _ in range(20):
        if not isinstance(schema, dict):
            return schema
        whole = schema.get("allOf")
        if isinstance(whole, list) and len(whole) == 1 and isinstance(whole[0], dict):
            schema = dict(whole[0], **{key: value for key, value in schema.items() if key != "allOf"})
        elif target(schema) in definitions:
            rest = {key: value for key, value in schema.items() if key != "$ref"}
            schema = dict(definitions[target(schema)], **rest)
        else:
            return dict(schema)
    return {}


def target(schema: dict[str, Any]) -> str:
    """The name of the definition that a schema refers to; empty where it refers to none."""
    said = schema.get("$ref")
    return said[len(_PREFIX) :] if isinstance(said, str) and said.startswith(_PREFIX) else ""


def _collect(schema: Any, definitions: dict[str, Any], needed: dict[str, Any]) -> None:  # noqa: ANN401
    for name in [target(one) for one in walked(schema)]:
        if name in definitions and name not in needed:
            needed[name] = definitions[name]
            _collect(definitions[name], definitions, needed)


def walked(schema: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """The schema and all that stand in it."""
    if not isinstance(schema, dict):
        return []
    inner: list[Any] = []
    for key, value in schema.items():
        if key in _OF_MAP and isinstance(value, dict):
            inner.extend(value.values())
        elif key in _OF_LIST + _OF_SCHEMA:
            inner.extend(value if isinstance(value, list) else [value])
    return [schema, *(one for each in inner for one in walked(each))]


def any_of(schema: dict[str, Any], holds: Callable[[dict[str, Any]], bool]) -> bool:
    """Whether something holds of the schema, or of one that stands in it."""
    return any(holds(one) for one in walked(schema))


def taking_text(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with texts allowed: what a validator of the class makes of them, only that knows."""
    return _with(schema, "string")


def taking_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with null allowed."""
    return _with(schema, "null")


def _with(schema: dict[str, Any], kind: str) -> dict[str, Any]:
    inner = schema.get("anyOf", [schema])
    if not schema or any(not one or one.get("type") == kind for one in inner):
        return schema
    own = {key: said for key, said in schema.items() if key in EXTRAS}
    inner = [{key: said for key, said in one.items() if key not in EXTRAS} for one in inner]
    return dict(own, anyOf=[*inner, {"type": kind}])


def is_compound(schema: dict[str, Any]) -> bool:
    """Whether its values are arrays or maps, which sources of texts have as JSON."""
    return any(one.get("type") in _COMPOUND for one in [schema, *schema.get("anyOf", [])])
