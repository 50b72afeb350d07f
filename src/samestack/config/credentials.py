"""Passwords inside addresses: a database's address is no secret field, and yet holds one."""

import re
from typing import Final

_USER_AND_PASSWORD: Final = re.compile(
    # A scheme begins where no letter goes before it and is short: else long texts would take forever.
    r"(?<![A-Za-z])(?P<before>[A-Za-z][A-Za-z0-9+.-]{0,40}://[^\s/?#@:]*:)(?P<password>[^\s/?#@]+)(?=@)"
)


def passwords_in(text: str) -> tuple[str, ...]:
    """The passwords of the addresses in a text: ``postgresql://app:PASSWORD@db/app``."""
    return tuple(found["password"] for found in _USER_AND_PASSWORD.finditer(text))


def without_passwords(text: str, mask: str) -> str:
    """The text with ``mask`` for each of them."""
    return _USER_AND_PASSWORD.sub(lambda found: found["before"] + mask, text)
