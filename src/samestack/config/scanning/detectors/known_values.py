"""Values that the configuration is known to keep secret: as they are, and as they are written elsewhere."""

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import quote, quote_plus

from samestack.config.scanning.sighting import Sighting
from samestack.config.scanning.text import Text

MIN_CHARACTERS: Final = 4
"""Shorter values stand everywhere by chance, and are not looked for."""
_WHOLE_WORD_CHARACTERS: Final = 8
"""Shorter values count only where no letter or digit touches them."""
_ENCODED_CHARACTERS: Final = 6
"""Values of fewer bytes leave too little in base64 that is theirs alone."""


class KnownValues:
    """The forms of some values, looked for one after the other."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """``known`` gives each variable's secret value."""
        found: dict[str, tuple[str, str]] = {}
        for name, value in known.items():
            for form, way in _forms(value):
                found.setdefault(form, (name, way))
        self._forms = sorted(found.items(), key=lambda one: -len(one[0]))

    def sightings(self, text: Text) -> Iterator[Sighting]:
        """Every place where one of them stands."""
        for form, (name, way) in self._forms:
            start = text.content.find(form)
            while start >= 0:
                if len(form) >= _WHOLE_WORD_CHARACTERS or _is_alone(text.content, start, len(form)):
                    kind = f"the value of {name}{way}"
                    yield Sighting(text=text, start=start, secret=form, kind=kind, name=name)
                start = text.content.find(form, start + len(form))


def _forms(value: str) -> Iterator[tuple[str, str]]:
    if len(value) < MIN_CHARACTERS:
        return
    yield value, ""
    yield json.dumps(value)[1:-1], ", escaped for JSON"
    yield json.dumps(value, ensure_ascii=False)[1:-1], ", escaped for JSON"
    yield quote(value, safe=""), ", encoded for a URL"
    yield quote_plus(value), ", encoded for a URL"
    data = value.encode("utf-8", "surrogateescape")
    if len(data) >= _ENCODED_CHARACTERS:
        for form in _in_base64(data):
            yield form, ", in base64"


def _in_base64(data: bytes) -> Iterator[str]:
    """What of the base64 of any text with the value in it is the value's alone, by where it begins."""
    for before in range(3):
        for alphabet in (b"+/", b"-_"):
            encoded = base64.b64encode(bytes(before) + data, altchars=alphabet)
            start = (0, 2, 3)[before]
            rest = (before + len(data)) % 3
            end = len(encoded) - (0, 3, 2)[rest]
            yield encoded[start:end].decode()


def _is_alone(content: str, start: int, size: int) -> bool:
    around = content[max(start - 1, 0) : start] + content[start + size : start + size + 1]
    return not any(one.isalnum() or one == "_" for one in around)
