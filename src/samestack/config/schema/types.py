"""Which types of JSON a schema takes, as far as that can be read off it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

Json = Mapping[str, Any]

NULL: Final = "null"
_REFERENCE: Final = "#/$defs/"
_ALTERNATIVES: Final = ("anyOf", "oneOf")
_MOST_REFERENCES: Final = 20


def types_of(schema: Json) -> tuple[str, ...]:
    """The types that a value may have, in the order in which they are named; none where anything may be."""
    return tuple(dict.fromkeys(kind for one in alternatives(schema) for kind in _own_types(one)))


def items_of(schema: Json) -> Json | None:
    """The schema of every item of an array, or of a map, with the definitions that it may refer to."""
    items = schema.get("items", schema.get("additionalProperties"))
    if not isinstance(items, Mapping):
        return None
    found = alternatives(_with_definitions(items, schema.get("$defs", {})))
    return found[0] if len(found) == 1 else {"anyOf": found}


def takes_null(schema: Json) -> bool:
    """Whether null is one of its values."""
    types = types_of(schema)
    return not types or NULL in types


def alternatives(schema: Json) -> tuple[Json, ...]:
    """The schemas of which a value has to meet one; a schema without alternatives is its own only one."""
    return tuple(_alternatives(schema, schema.get("$defs", {}), 0))


def _alternatives(schema: Json, definitions: Json, depth: int) -> Iterator[Json]:
    target = schema.get("$ref", "")
    name = target.removeprefix(_REFERENCE)
    if name != target and isinstance(definitions.get(name), Mapping) and depth < _MOST_REFERENCES:
        yield from _alternatives(definitions[name], definitions, depth + 1)
        return
    inner = [one for key in _ALTERNATIVES for one in schema.get(key, ()) if isinstance(one, Mapping)]
    if not inner or depth >= _MOST_REFERENCES:
        yield _with_definitions(schema, definitions)
    for one in inner:
        yield from _alternatives(one, definitions, depth + 1)


def _with_definitions(schema: Json, definitions: Json) -> Json:
    return {**schema, "$defs": definitions} if definitions else schema


def _own_types(schema: Json) -> tuple[str, ...]:
    said = schema.get("type")
    if isinstance(said, str):
        return (said,)
    if said is not None:
        return tuple(said)
    members = schema.get("enum", [schema["const"]] if "const" in schema else ())
    return tuple(dict.fromkeys(map(type_name, members)))


def type_name(value: object) -> str:
    """What JSON Schema calls the type of a value; empty for what JSON does not have."""
    if value is None:
        return NULL
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", tuple: "array"}
    return "object" if isinstance(value, Mapping) else names.get(type(value), "")
