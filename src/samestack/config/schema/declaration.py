"""What one field of the table may say, and the JSON Schema that this stands for."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from msgspec import UNSET, Struct, UnsetType

from samestack.check.suggestion import did_you_mean
from samestack.config.schema.conforming import fault_of, validator_of
from samestack.config.schema.patterns import simple_pattern
from samestack.errors import InputError

TypeName = Literal["string", "integer", "number", "boolean", "array", "object"]
Bound = int | float

_NUMBERS: Final = ("integer", "number")
_KEYWORDS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "minimum": ("minimum", _NUMBERS),
    "maximum": ("maximum", _NUMBERS),
    "exclusive_minimum": ("exclusiveMinimum", _NUMBERS),
    "exclusive_maximum": ("exclusiveMaximum", _NUMBERS),
    "pattern": ("pattern", ("string",)),
    "format": ("format", ("string",)),
}
"""For each key, what JSON Schema calls it, and the types that it is for."""
_LENGTHS: Final[Mapping[str, Mapping[str, str]]] = {
    "min_length": {"string": "minLength", "array": "minItems"},
    "max_length": {"string": "maxLength", "array": "maxItems"},
}
FORMATS: Final = (
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "json-pointer",
    "regex",
    "time",
    "uri",
    "uri-reference",
    "uuid",
)
"""Those of JSON Schema that values are checked by."""


class ItemsDeclaration(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """What every item of an array is."""

    type: TypeName = "string"
    enum: list[Any] | UnsetType = UNSET
    minimum: Bound | UnsetType = UNSET
    maximum: Bound | UnsetType = UNSET
    exclusive_minimum: Bound | UnsetType = UNSET
    exclusive_maximum: Bound | UnsetType = UNSET
    pattern: str | UnsetType = UNSET
    format: str | UnsetType = UNSET
    min_length: int | UnsetType = UNSET
    max_length: int | UnsetType = UNSET
    items: "TypeName | ItemsDeclaration | UnsetType" = UNSET


class Declaration(ItemsDeclaration, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """What a variable is."""

    secret: bool = False
    required: bool | tuple[str, ...] = False
    """Whether in every profile; or the profiles."""
    default: Any = UNSET
    longest_age: str = ""
    """``90d``, ``12h``, ``2w``."""
    unit: str = ""
    description: str = ""
    aliases: tuple[str, ...] = ()


def json_schema_of(declared: ItemsDeclaration, file: Path, place: str) -> dict[str, Any]:
    """The JSON Schema; :class:`InputError` names the key that its type has not, or that fits nothing."""
    schema = dict(_keywords(declared, file, place))
    if declared.items is not UNSET:
        schema["items"] = _items(declared, file, f"{place}.items")
    if "format" in schema and schema["format"] not in FORMATS:
        hint = did_you_mean(schema["format"], FORMATS)
        raise InputError(str(file), "there is no such format", place=f"{place}.format", hint=hint)
    _refuse_empty_range(schema, file, place)
    if "pattern" in schema and simple_pattern(schema["pattern"]) is None:
        validator_of({"pattern": schema["pattern"]}, f"{file}: {place}.pattern")
    if declared.enum is not UNSET:
        schema["enum"] = _members(declared.enum, schema, file, f"{place}.enum")
    return schema


def _keywords(declared: ItemsDeclaration, file: Path, place: str) -> Iterator[tuple[str, Any]]:
    yield "type", declared.type
    for key, (keyword, types) in _KEYWORDS.items():
        said = getattr(declared, key)
        if said is not UNSET:
            _refuse_for_type(key, types, declared.type, file, place)
            yield keyword, said
    for key, keywords in _LENGTHS.items():
        said = getattr(declared, key)
        if said is not UNSET:
            _refuse_for_type(key, tuple(keywords), declared.type, file, place)
            yield keywords[declared.type], said


def _items(declared: ItemsDeclaration, file: Path, place: str) -> dict[str, Any]:
    _refuse_for_type("items", ("array",), declared.type, file, place.removesuffix(".items"))
    if isinstance(declared.items, ItemsDeclaration):
        return json_schema_of(declared.items, file, place)
    return {"type": declared.items}


def _members(members: list[Any], schema: Mapping[str, Any], file: Path, place: str) -> list[Any]:
    if not members:
        raise InputError(str(file), "no value is allowed at all", place=place, hint="name those that are")
    for index, member in enumerate(members):
        if fault_of(member, schema, source=str(file)):
            hint = f"write values of the type {schema['type']}, within the bounds of the field"
            raise InputError(
                str(file), "its own field does not take it", place=f"{place}[{index}]", hint=hint
            )
    return members


def _refuse_for_type(key: str, types: tuple[str, ...], type_name: str, file: Path, place: str) -> None:
    if type_name in types:
        return
    key = key.replace("_", "-")
    message = f"only {' or '.join(types)} has '{key}', and this is {type_name}"
    hint = f'write type = "{types[0]}", or remove it'
    raise InputError(str(file), message, place=f"{place}.{key}", hint=hint)


def _refuse_empty_range(schema: Mapping[str, Any], file: Path, place: str) -> None:
    """A range that nothing is in, and a length that nothing has, are mistakes."""
    for least, most in (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems")):
        if least in schema and most in schema and schema[least] > schema[most]:
            raise InputError(str(file), f"{least} is above {most}", place=place, hint="exchange them")
        if least != "minimum" and min(schema.get(least, 0), schema.get(most, 0)) < 0:
            raise InputError(str(file), "a length is not negative", place=place, hint="write 0 or more")
