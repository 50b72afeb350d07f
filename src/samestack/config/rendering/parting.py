"""The variables of a configuration as texts: those that anyone may read, and those that are secret."""

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import Struct

from samestack.config.credentials import passwords_in
from samestack.config.entry import Origin, Value
from samestack.config.resolution import Resolution
from samestack.config.variable_text import variable_text
from samestack.errors import RequestError

_HINT: Final = "encode it, in Base64 for example"


class Secret(Struct, frozen=True, kw_only=True):
    """A secret variable. Its representation never shows the text."""

    name: str
    text: str
    origin: Origin

    def __repr__(self) -> str:
        return f"Secret({self.name}, {self.origin})"


class Parts(Struct, frozen=True, kw_only=True):
    """Every variable that has a value, by name."""

    plain: Mapping[str, str]
    secrets: tuple[Secret, ...]


def parted(resolution: Resolution) -> Parts:
    """The variables of a resolution; null is a variable that is not there.

    An address with a password in it is a secret here, whatever the schema says of it.
    :class:`~samestack.errors.RequestError` for a value that no variable can hold.
    """
    plain: dict[str, str] = {}
    secrets: list[Secret] = []
    for value in sorted(resolution.values, key=lambda one: one.name):
        text = _text(value)
        if text is None:
            continue
        if resolution.is_secret(value.name) or ("://" in text and passwords_in(text)):
            secrets.append(Secret(name=value.name, text=text, origin=value.origin))
        else:
            plain[value.name] = text
    return Parts(plain=plain, secrets=tuple(secrets))


def _text(value: Value) -> str | None:
    if value.value is msgspec.UNSET:
        raise RequestError(f"{value.name}: its value was not read ({value.origin})")
    text = variable_text(value.value)
    if text is not None and "\0" in text:
        raise RequestError(f"{value.name}: a value with a NUL in it can be no variable", hint=_HINT)
    if text is not None and not _is_unicode(text):
        raise RequestError(f"{value.name}: a value that is no Unicode text cannot be written", hint=_HINT)
    return text


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
