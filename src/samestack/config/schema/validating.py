"""Values made what their fields are, defaults added, and all that is wrong told in one pass."""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from samestack.check.finding import Finding, Severity
from samestack.check.suggestion import did_you_mean
from samestack.config.entry import Entry, Origin, Value
from samestack.config.rank import Rank
from samestack.config.schema.conforming import fault_of
from samestack.config.schema.describing import kind_of, wanted
from samestack.config.schema.field import Field, Schema
from samestack.config.schema.types import takes_null
from samestack.config.schema.typing import typed
from samestack.model.layer import Layer

_FILTERED: Final = (Rank.PROCESS, Rank.DIRECTORY)
"""Layers whose sources were asked for known names only: what else they have is nobody's configuration."""
_FOR_SECRETS: Final = "a secret store of the profile, a file in a directory of secrets, the environment"
_FOR_OTHERS: Final = "the document of the profile, a configuration store of it, the environment"


def validated(
    values: tuple[Value, ...], schema: Schema, profile: str
) -> tuple[tuple[Value, ...], tuple[Finding, ...]]:
    """The values, typed, with the defaults of those that no source has, by name; and the findings.

    Nothing is judged without fields. A value that cannot be what its field is stays as it was. One that is
    unset was not read: that it is there is all that is judged. No finding has a value in its words.
    """
    if not schema.fields:
        return values, ()
    fields = {name: field for field in schema.fields for name in field.names}
    judged = [_judged(value, fields, schema) for value in values]
    there = {fields[value.name].name for value in values if value.name in fields}
    absent = [field for field in schema.fields if field.name not in there]
    known = [value for value, _ in judged] + [
        _default(field, schema) for field in absent if field.has_default
    ]
    found = [finding for _, finding in judged if finding is not None]
    found += [_missing(field, schema, profile) for field in _required(absent, profile)]
    return tuple(sorted(known, key=lambda value: value.name)), tuple(found)


def _judged(value: Value, fields: Mapping[str, Field], schema: Schema) -> tuple[Value, Finding | None]:
    field = fields.get(value.name)
    if field is None:
        return value, _unknown(value, fields, schema)
    value = _above_default(value, field, schema)
    if value.value is msgspec.UNSET:
        return value, None
    try:
        found = msgspec.structs.replace(value, value=typed(value.value, field))
    except ValueError:
        message = f"a text that cannot be read as {wanted(field)}"
        return value, _wrong("config-type", found_at=value, field=field, message=message)
    return found, _fault(found, field, schema)


def _fault(value: Value, field: Field, schema: Schema) -> Finding | None:
    if value.value is None and not takes_null(field.schema):
        return _null(value, field)
    match fault_of(value.value, field.schema, source=schema.source):
        case "type":
            message = f"{kind_of(value.value)} where {wanted(field)} is wanted"
            return _wrong("config-type", found_at=value, field=field, message=message)
        case "range":
            message = f"{kind_of(value.value)} other than what is wanted: {wanted(field)}"
            return _wrong("config-range", found_at=value, field=field, message=message)
        case None:
            return None


def _default(field: Field, schema: Schema) -> Value:
    entry = _default_entry(field, schema)
    return Value(name=field.name, value=entry.value, origin=entry.origin)


def _above_default(value: Value, field: Field, schema: Schema) -> Value:
    """The value with its field's default as the lowest of all that it shadows."""
    if not field.has_default:
        return value
    return msgspec.structs.replace(value, shadowed=(*value.shadowed, _default_entry(field, schema)))


def _default_entry(field: Field, schema: Schema) -> Entry:
    origin = Origin(source=schema.source, rank=Rank.DEFAULT, place=field.name)
    return Entry(name=field.name, value=field.default, origin=origin)


def _required(absent: Iterable[Field], profile: str) -> list[Field]:
    return [field for field in absent if field.is_required_in(profile) and not field.has_default]


def _finding(  # noqa: PLR0913 - what a finding says
    rule: str,
    subject: str,
    message: str,
    remedy: str,
    place: str,
    *,
    severity: Severity = Severity.ERROR,
    evidence: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        layer=Layer.CONFIGURATION,
        subject=subject,
        message=message,
        remedy=remedy,
        place=place,
        evidence=evidence,
    )


def _wrong(rule: str, *, found_at: Value, field: Field, message: str) -> Finding:
    remedy = f"set it to {wanted(field)} in {found_at.origin.source}"
    return _finding(rule, field.name, message, remedy, str(found_at.origin))


def _null(value: Value, field: Field) -> Finding:
    message = f"null where {wanted(field)} is wanted"
    remedy = f"write a value in {value.origin.source}, or remove it there: what lower layers say counts then"
    return _finding("config-null", field.name, message, remedy, str(value.origin))


def _unknown(value: Value, names: Iterable[str], schema: Schema) -> Finding | None:
    if value.origin.rank in _FILTERED:
        return None
    return _finding(
        "config-unknown",
        value.name,
        "there is no such variable",
        f"{did_you_mean(value.name, names)} (else declare it in {schema.source}, or remove it)",
        str(value.origin),
        severity=Severity.WARNING if value.origin.rank is Rank.DOTENV else Severity.ERROR,
    )


def _missing(field: Field, schema: Schema, profile: str) -> Finding:
    places = _FOR_SECRETS if field.is_secret else _FOR_OTHERS
    aliases = (f"it may also be called {', '.join(field.aliases)}",) if field.aliases else ()
    return _finding(
        "config-missing",
        field.name,
        f"no source has it, and the profile '{profile}' requires {wanted(field)}",
        f"set {field.name} for the profile '{profile}'",
        schema.source,
        evidence=(f"it can be set in {places}", *aliases),
    )
