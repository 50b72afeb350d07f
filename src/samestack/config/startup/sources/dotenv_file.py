"""A ``.env`` file, read as python-dotenv reads it; nothing in it is put together from other variables."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from samestack.config.startup.entry import DOTENV, Entry, UnreadableError
from samestack.config.startup.names import variable_name
from samestack.config.startup.sources.local_file import read_local

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = re.compile(r"\s*")
_EXPORT = re.compile(r"(?:export[^\S\r\n]+)?")
_QUOTED_KEY = re.compile(r"'([^']+)'")
_KEY = re.compile(r"([^=#\s]+)")
_EQUALS = re.compile(r"[^\S\r\n]*(=?)")
_INDENT = re.compile(r"[^\S\r\n]*")
_SINGLE = re.compile(r"'((?:\\.|[^'\\])*)'", re.DOTALL)
_DOUBLE = re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)
_PLAIN = re.compile(r"([^\r\n]*)")
_END = re.compile(r"(?:[^\S\r\n]*#[^\r\n]*)?[^\S\r\n]*(?:\r\n|\n|\r|\Z)")
_COMMENT = re.compile(r"\s+#.*")
_LINE_END = re.compile(r"\r\n|\n|\r")
_ESCAPED = {"'": re.compile(r"\\[\\']"), '"': re.compile(r"\\[\\'\"abfnrtv]")}


def dotenv_entries(path: str) -> list[Entry]:
    """Every variable with its line; of two of one name, the last counts."""
    text = read_local(path, path)
    found = {entry.name: entry for entry in _Reader(text, path).entries()}
    return [entry for _, entry in sorted(found.items())]


class _Reader:
    """A place in a text, that moves on with each thing that is read."""

    def __init__(self, text: str, source: str) -> None:
        self._text = text
        self._source = source
        self._at = 0

    def entries(self) -> Iterator[Entry]:
        while True:
            self._take(_SPACE)
            if self._at == len(self._text):
                return
            entry = self._entry()
            self._take(_END)
            if entry is not None:
                yield entry

    def _entry(self) -> Entry | None:
        place = f"line {len(_LINE_END.findall(self._text, 0, self._at)) + 1}"
        self._take(_EXPORT, place)
        if self._next() == "#":
            return None
        key = self._take(_QUOTED_KEY if self._next() == "'" else _KEY, place)
        if not self._take(_EQUALS):
            raise self._no_variable(place)
        has_gap = bool(self._take(_INDENT))
        value = "" if has_gap and self._next() == "#" else self._value(place)
        name = variable_name((key,))
        if name is None:
            raise UnreadableError(self._source, "no variable has such a name", place)
        if _END.match(self._text, self._at) is None:
            raise self._no_variable(place)
        return Entry(name, value, DOTENV, self._source, place)

    def _value(self, place: str) -> str:
        quote = self._next()
        if quote not in _ESCAPED:
            return _COMMENT.sub("", self._take(_PLAIN)).rstrip()
        written = self._take(_SINGLE if quote == "'" else _DOUBLE, place)
        return _ESCAPED[quote].sub(lambda found: codecs.decode(found[0], "unicode-escape"), written)

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self, pattern: re.Pattern[str], place: str = "") -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise self._no_variable(place)
        self._at = found.end()
        return found[1] if pattern.groups else found[0]

    def _no_variable(self, place: str) -> UnreadableError:
        """A line that is no variable may be the middle of a secret, so nothing of it is shown."""
        return UnreadableError(self._source, "not NAME=VALUE", place)
