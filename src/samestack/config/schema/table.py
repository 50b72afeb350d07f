"""``[tool.samestack.config.fields]``: variables declared one by one, for programs in any language."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from samestack.check.suggestion import did_you_mean
from samestack.config.schema.ages import days_of
from samestack.config.schema.conforming import fault_of
from samestack.config.schema.declaration import Declaration, json_schema_of
from samestack.config.schema.describing import wanted
from samestack.config.schema.field import Field, Schema
from samestack.config.settings import PLACE
from samestack.errors import InputError

_FIELDS: Final = f"{PLACE}.fields"
_NAME: Final = re.compile(r"[A-Z_][A-Z0-9_]*")


def schema_of_table(table: Mapping[str, Any], file: Path) -> Schema:
    """The fields, in the order of the table.

    :class:`InputError` names the key in the manifest ``file`` that is unknown, or that cannot be as it is.
    """
    fields = tuple(_field(name, said, file) for name, said in table.items())
    _refuse_same_names(fields, file)
    return Schema(fields=fields, source=file.name)


def _field(name: str, said: object, file: Path) -> Field:
    place = f"{_FIELDS}.{name}"
    _refuse_name(name, file, place)
    declared = _declared(said, file, place)
    for alias in declared.aliases:
        _refuse_name(alias, file, f"{place}.aliases")
    field = Field(
        name=name,
        aliases=declared.aliases,
        schema=json_schema_of(declared, file, place),
        is_secret=declared.secret,
        is_required=declared.required is True,
        required_in=() if isinstance(declared.required, bool) else declared.required,
        default=declared.default,
        longest_age_days=_days(declared.longest_age, file, place),
        unit=declared.unit,
        description=declared.description,
    )
    _refuse_default(field, file, place)
    return field


def _declared(said: object, file: Path, place: str) -> Declaration:
    if not isinstance(said, dict):
        raise InputError(str(file), "a field is a table", place=place, hint='for example {type = "integer"}')
    for key in said:
        if key not in Declaration.__struct_encode_fields__:
            hint = did_you_mean(key, Declaration.__struct_encode_fields__)
            raise InputError(str(file), "there is no such key", place=f"{place}.{key}", hint=hint)
    try:
        return msgspec.convert(said, Declaration, strict=True)
    except msgspec.ValidationError as error:  # its words name types and keys, and no value
        message, _, where = str(error).partition(" - at ")
        key = where.strip("`").removeprefix("$")
        types = "string, integer, number, boolean, array or object"
        wanted_type = types if key.endswith((".type", ".items")) else None
        raise InputError(str(file), _plain(message), place=f"{place}{key}", hint=wanted_type) from None


def _plain(message: str) -> str:
    """The message without the value that it quotes where a word is none of those that are known."""
    return "there is no such word" if message.startswith("Invalid enum value") else message


def _refuse_name(name: str, file: Path, place: str) -> None:
    if _NAME.fullmatch(name):
        return
    better = re.sub(r"\W", "_", name).upper()
    hint = f"write {better}" if _NAME.fullmatch(better) else "write capitals, digits and _"
    raise InputError(str(file), f"'{name}' is no name of a variable", place=place, hint=hint)


def _refuse_same_names(fields: tuple[Field, ...], file: Path) -> None:
    seen: dict[str, str] = {}
    for field in fields:
        for name in field.names:
            if name in seen:
                message = f"{seen[name]} is called {name} as well"
                raise InputError(str(file), message, place=f"{_FIELDS}.{field.name}", hint="rename one")
            seen[name] = field.name


def _refuse_default(field: Field, file: Path, place: str) -> None:
    if not field.has_default:
        return
    place = f"{place}.default"
    if field.is_secret:
        hint = "remove it, and keep the secret in a store or in the age file: samestack config edit"
        raise InputError(str(file), "a secret has no default", place=place, hint=hint)
    if fault_of(field.default, field.schema, source=str(file)):
        raise InputError(
            str(file), "its own field does not take it", place=place, hint=f"write {wanted(field)}"
        )


def _days(said: str, file: Path, place: str) -> int | None:
    if not said:
        return None
    try:
        return days_of(said)
    except ValueError:
        hint = 'for example "90d", "12h" or "2w"'
        raise InputError(str(file), "no age", place=f"{place}.longest-age", hint=hint) from None
