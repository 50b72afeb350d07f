"""What a registry wants to see before it answers: the header ``WWW-Authenticate`` (RFC 9110), read."""

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

_WORD: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_PARAMETER: Final = re.compile(rf'({_WORD})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')
_SCHEME: Final = re.compile(rf"({_WORD})(?=[\s,]|$)")
_ESCAPED: Final = re.compile(r"\\(.)")


class Challenge(Struct, frozen=True, kw_only=True):
    """One way to prove who one is."""

    scheme: str
    """In small letters: ``bearer``, ``basic``."""
    parameters: Mapping[str, str]
    """By names in small letters: ``realm``, ``service``, ``scope``."""


def challenges(header: str) -> tuple[Challenge, ...]:
    """Every challenge in a header, in their order; what is no challenge is passed over."""
    found: list[tuple[str, dict[str, str]]] = []
    position = 0
    while position < len(header):
        if match := _PARAMETER.match(header, position):
            if found:
                found[-1][1].setdefault(match[1].lower(), _value(match))
        elif match := _SCHEME.match(header, position):
            found.append((match[1].lower(), {}))
        position = match.end() if match else position + 1
    return tuple(Challenge(scheme=scheme, parameters=parameters) for scheme, parameters in found)


def _value(match: re.Match[str]) -> str:
    return match[3] if match[2] is None else _ESCAPED.sub(r"\1", match[2])
