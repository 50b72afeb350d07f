"""What an age file holds: variables, each with its value and when it became that."""

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from samestack.capture.documents import decode_json
from samestack.config.names import variable_name
from samestack.errors import InputError

SCHEMA: Final = "samestack/secrets/1"
_MAX_DEPTH: Final = 32


class Secret(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value. Its representation does not show it."""

    value: Any
    """A text, number, truth value, or a list of what JSON can say; maps are variables of their own."""
    changed: str
    """In UTC and ISO 8601: ``2026-03-01T12:00:00Z``."""

    def __repr__(self) -> str:
        return f"Secret(changed {self.changed})"


class Secrets(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A profile's secrets."""

    schema: str = SCHEMA
    recipients: tuple[str, ...] = ()
    """Those that this version is encrypted to, which the encrypted file itself does not tell."""
    variables: Mapping[str, Secret] = msgspec.field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        """The values alone."""
        return {name: secret.value for name, secret in self.variables.items()}


def stamp(now: dt.datetime) -> str:
    """A time as documents have it."""
    return f"{now.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def encode_secrets(secrets: Secrets) -> bytes:
    """The document as JSON, its names in their order."""
    ordered = msgspec.structs.replace(secrets, variables=dict(sorted(secrets.variables.items())))
    return msgspec.json.format(msgspec.json.encode(ordered), indent=1) + b"\n"


def decode_secrets(data: bytes, source: str) -> Secrets:
    """The document of a decrypted file; :class:`InputError` names the place of what is wrong with it."""
    secrets = decode_json(data, Secrets, file=source)
    if secrets.schema != SCHEMA:
        hint = "a newer samestack may have written it"
        raise InputError(source, f"its schema is not {SCHEMA}", place="schema", hint=hint)
    for name, secret in secrets.variables.items():
        _check(name, secret, source)
    return secrets


def replaced(secrets: Secrets, values: Mapping[str, Any], now: str) -> Secrets:
    """These values beside those that are there; what had the same value before did not change."""
    variables = dict(secrets.variables)
    for name, value in values.items():
        if name not in variables or not is_same(variables[name].value, value):
            variables[name] = Secret(value=value, changed=now)
    return msgspec.structs.replace(secrets, variables=variables)


def without(secrets: Secrets, names: frozenset[str]) -> Secrets:
    """The secrets but for these."""
    kept = {name: secret for name, secret in secrets.variables.items() if name not in names}
    return msgspec.structs.replace(secrets, variables=kept)


def is_same(one: object, other: object) -> bool:
    """Whether two values are the same to a program: to Python alone, ``1`` is ``True`` and ``1.0``."""
    encoder = msgspec.json.Encoder(order="deterministic")
    return encoder.encode(one) == encoder.encode(other)


def check_value(value: object, source: str, place: str) -> None:
    """:class:`InputError` for what cannot be kept: null, a map, a number that JSON does not have."""
    if isinstance(value, Mapping):
        raise InputError(source, "a map", place=place, hint="name each of its keys as a variable: A__B")
    _check_json(value, source, place, 0)


def _check_json(value: object, source: str, place: str, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise InputError(source, "nested too deeply", place=place)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        _check_json(item, source, place, depth + 1)
    match value:
        case None:
            raise InputError(source, "null is no secret", place=place, hint="leave the variable out")
        case float() if not math.isfinite(value):
            raise InputError(source, "not a finite number", place=place)
        case int() if not -(2**63) <= value < 2**63:
            raise InputError(source, "a number of more than 64 bits", place=place, hint="write it as a text")


def _check(name: str, secret: Secret, source: str) -> None:
    if variable_name((name,)) != name:
        raise InputError(source, "no variable has such a name", place=name, hint="capitals, digits and _")
    check_value(secret.value, source, name)
    try:
        moment = dt.datetime.fromisoformat(secret.changed)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise InputError(
            source, "its time of change is none", place=name, hint="for example 2026-03-01T12:00:00Z"
        )
