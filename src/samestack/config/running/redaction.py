"""Secrets masked in what a program writes, as it writes it, however its output is cut into pieces."""

import base64
import json
import re
import urllib.parse
from collections.abc import Iterable, Iterator
from typing import Final

from samestack.config.masking import MASK

SHORTEST: Final = 4
"""Characters of a secret that is looked for: shorter ones stand everywhere by chance."""
_SHORTEST_LINE: Final = 16
"""Characters of a line of a secret that is looked for by itself, since logs take texts apart into lines."""


class Redactor:
    """Masks secrets in a stream. What may be the beginning of one is held back until it is known."""

    def __init__(self, secrets: Iterable[str]) -> None:
        found = {form.encode("utf-8", "surrogateescape") for secret in secrets for form in _forms(secret)}
        self._secrets = sorted(found, key=len, reverse=True)
        # A look-ahead finds those that overlap, too; at one place the longest goes first.
        written = b"|".join(map(re.escape, self._secrets))
        self._pattern = re.compile(b"(?=(" + written + b"))") if self._secrets else None
        self._held = b""

    def text(self, text: str) -> str:
        """A whole text, masked."""
        return self._masked(text.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")

    def feed(self, data: bytes) -> bytes:
        """What can be told of a stream after these further bytes."""
        buffer = self._held + data
        start = self._undecided(buffer)
        self._held = buffer[start:]
        return self._masked(buffer[:start])

    def rest(self) -> bytes:
        """What was held back, at the end of the stream."""
        held, self._held = self._held, b""
        return self._masked(held)

    def _undecided(self, buffer: bytes) -> int:
        """Where what may go on as a secret begins; a secret that reaches into it is held back with it."""
        start = min((self._partial(buffer, secret) for secret in self._secrets), default=len(buffer))
        for begin, end in self._spans(buffer):
            if begin < start < end:
                return begin
        return start

    @staticmethod
    def _partial(buffer: bytes, secret: bytes) -> int:
        """Where the longest end of the buffer that a secret begins with starts."""
        longest = min(len(secret) - 1, len(buffer))
        sizes = range(longest, 0, -1)
        return next((len(buffer) - size for size in sizes if buffer.endswith(secret[:size])), len(buffer))

    def _masked(self, data: bytes) -> bytes:
        pieces, told = [], 0
        for begin, end in self._spans(data):
            pieces += [data[told:begin], MASK.encode()]
            told = end
        return b"".join((*pieces, data[told:]))

    def _spans(self, data: bytes) -> Iterator[tuple[int, int]]:
        """Where secrets stand; those that overlap are one."""
        if self._pattern is None:
            return
        begin = end = -1
        for found in self._pattern.finditer(data):
            if found.start() >= end >= 0:
                yield begin, end
                begin = end = -1
            if end < 0:
                begin = found.start()
            end = max(end, found.end(1))
        if end >= 0:
            yield begin, end


def _forms(secret: str) -> Iterator[str]:
    """A secret as programs write it: by itself, in JSON, in an address, in base64, and line by line."""
    if len(secret) < SHORTEST:
        return
    yield secret
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    yield repr(secret)[1:-1]
    yield urllib.parse.quote(secret, safe="", errors="surrogateescape")
    yield urllib.parse.quote_plus(secret, errors="surrogateescape")
    encoded = base64.b64encode(secret.encode("utf-8", "surrogateescape")).decode()
    yield encoded
    yield from (line for line in secret.splitlines() if len(line) >= _SHORTEST_LINE)
