"""Secrets that are told by their look alone: formats of keys and tokens, and passwords in addresses."""

import base64
import re
from collections.abc import Iterator
from functools import cache
from typing import Final
from urllib.parse import unquote

from samestack.config.scanning.detectors.entropy import entropy, is_password, is_random
from samestack.config.scanning.detectors.formats.catalogue import FORMATS
from samestack.config.scanning.detectors.formats.format import Format
from samestack.config.scanning.detectors.placeholders import is_placeholder
from samestack.config.scanning.sighting import Sighting
from samestack.config.scanning.text import Text

_URL_SOURCE: Final = "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1"
_HEADER_SOURCE: Final = "https://www.rfc-editor.org/rfc/rfc7235#section-4.2"
_LEAST_BITS: Final = 2.5
"""Bits a character below which a token was typed, not drawn: ``ghp_aaaa...``."""


def sightings(text: Text) -> Iterator[Sighting]:
    """Every token of a public format, and every password in an address or a header."""
    for form in FORMATS:
        if any(keyword in text.content for keyword in form.keywords):
            yield from _of_format(form, text)
    if "://" in text.content:
        yield from _in_addresses(text)
    if "uthorization" in text.content or "-u " in text.content:
        yield from _in_headers(text)


def _of_format(form: Format, text: Text) -> Iterator[Sighting]:
    for match in _compiled(form.pattern).finditer(text.content):
        group = "secret" if "secret" in match.re.groupindex else 0
        secret = match[group]
        if not (form.is_random and _is_typed(secret)) and not _is_short_armour(form, secret):
            yield Sighting(
                text=text, start=match.start(group), secret=secret, kind=form.kind, source=form.source
            )


def _is_typed(secret: str) -> bool:
    """Whether a token was typed as an example: AWS's own ends so, others repeat themselves."""
    tail = secret[len(secret) // 4 :]
    lowered = secret.lower()
    marks = (
        "example",
        "xxxx",
        "1234567890abc",
        "0123456789",
        "abcdefgh",
        "your",
        "placeholder",
        "dummy",
        "fake",
    )
    return any(mark in lowered for mark in marks) or entropy(tail) < _LEAST_BITS


def _is_short_armour(form: Format, secret: str) -> bool:
    """Whether the lines between a key's first and last line are words, or dots."""
    return not form.is_random and entropy(secret) < 4


def _in_addresses(text: Text) -> Iterator[Sighting]:
    address = _compiled(
        r"(?<![A-Za-z0-9+.-])(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{1,30})://"
        r"""(?P<user>[^\s:/?#@\[\]'"<>]{0,100}):(?P<secret>[^\s/@'"<>`\\]{3,200})@(?P<host>[\w.\[$\{%-]{1,250})"""
    )
    for match in address.finditer(text.content):
        secret = match["secret"]
        if secret != match["user"] and not is_placeholder(secret) and _is_meant(match, text):
            yield Sighting(
                text=text, start=match.start("secret"), secret=secret, kind="a password in an address",
                source=_URL_SOURCE,
            )  # fmt: skip


def _is_meant(match: re.Match[str], text: Text) -> bool:
    """Whether an address is one that somebody uses: not a test's, not a reserved name's, not a pattern."""
    secret, host = unquote(match["secret"]), match["host"].lower()
    is_reserved = host.endswith((".test", ".invalid", ".example")) or "example." in host or host == "host"
    if text.is_example or text.is_installed or is_reserved:
        return is_random(secret) and len(secret) >= 12 and any(map(str.isdigit, secret))
    return " " not in secret and not (len(secret) < 8 and secret.isalpha() and secret.islower())


def _in_headers(text: Text) -> Iterator[Sighting]:
    header = _compiled(
        r"""(?i:authorization)["']?\s*[:=,\]]+\s*[bBrRfF]?["']?(?P<scheme>[Bb]earer|[Bb]asic|[Tt]oken)\s+"""
        r"(?P<secret>[A-Za-z0-9_+/=.~-]{12,1000})"
    )
    for match in header.finditer(text.content):
        secret = match["secret"]
        said = _password_in(secret) if match["scheme"].lower() == "basic" else secret
        if not is_placeholder(said) and (is_random(secret) if said == secret else is_password(said)):
            yield _header(text, match)
    for match in _compiled(
        r"""\bcurl\b[^\n]{0,300}?\s(?:-u|--user)[ =]["']?[\w.@-]+:(?P<secret>[^\s"']{6,200})"""
    ).finditer(text.content):
        if not is_placeholder(match["secret"]) and not match["secret"].isalpha():
            yield _header(text, match)


def _password_in(credentials: str) -> str:
    """The password of a user, from the base64 of both; what is no such base64, as it is."""
    try:
        decoded = base64.b64decode(credentials, validate=True).decode()
    except ValueError:
        return credentials
    return decoded.partition(":")[2] or "password"


def _header(text: Text, match: re.Match[str]) -> Sighting:
    kind = "credentials of a request"
    return Sighting(
        text=text, start=match.start("secret"), secret=match["secret"], kind=kind, source=_HEADER_SOURCE
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when the first text needs it: most files have no keyword of any format."""
    return re.compile(pattern)
