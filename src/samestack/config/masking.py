"""Secrets as they may be shown: not at all."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from samestack.config.credentials import passwords_in, without_passwords
from samestack.config.entry import Value
from samestack.config.resolution import Resolution

MASK: Final = "********"
"""What stands for a secret; of one length, since the length of a secret says something of it."""


def masked(resolution: Resolution) -> tuple[Value, ...]:
    """The values with :data:`MASK` for every secret, shadowed ones too, and for passwords in addresses."""
    return tuple(_masked(value, is_secret=resolution.is_secret(value.name)) for value in resolution.values)


def secrets_of(resolution: Resolution) -> frozenset[str]:
    """Every text of the resolution that must not be shown, those that are shadowed included."""
    return frozenset(text for value in resolution.values for text in _texts(value, resolution) if text)


def _texts(value: Value, resolution: Resolution) -> Iterator[str]:
    is_secret = resolution.is_secret(value.name)
    for said in (value.value, *(entry.value for entry in value.shadowed)):
        yield from _secrets(said, is_secret=is_secret)


def _masked(value: Value, *, is_secret: bool) -> Value:
    shadowed = tuple(
        msgspec.structs.replace(entry, value=_shown(entry.value, is_secret=is_secret))
        for entry in value.shadowed
    )
    return msgspec.structs.replace(value, value=_shown(value.value, is_secret=is_secret), shadowed=shadowed)


def _shown(value: Any, *, is_secret: bool) -> Any:  # noqa: ANN401
    """A value as it may be shown; what is no value at all, null or unread, is no secret."""
    if value is None or value is msgspec.UNSET:
        return value
    if is_secret:
        return MASK
    match value:
        case str():
            return without_passwords(value, MASK)
        case Mapping():
            return {key: _shown(inner, is_secret=False) for key, inner in value.items()}
        case list() | tuple():
            return [_shown(inner, is_secret=False) for inner in value]
        case _:
            return value


def _secrets(value: object, *, is_secret: bool) -> Iterator[str]:
    match value:
        case str():
            yield from (value, *passwords_in(value)) if is_secret else passwords_in(value)
        case Mapping():
            for inner in value.values():
                yield from _secrets(inner, is_secret=is_secret)
        case list() | tuple():
            for inner in value:
                yield from _secrets(inner, is_secret=is_secret)
        case int() | float() if is_secret and not isinstance(value, bool):
            yield str(value)
