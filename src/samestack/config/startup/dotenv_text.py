"""The text of a ``.env`` file, read as python-dotenv reads it, without a library: programs start with it.

Nothing in it is put together from other variables.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

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


class Binding(NamedTuple):
    """A variable of the file. Its representation never shows the value."""

    key: str
    value: str
    line: int
    """Counted from 1, where the variable begins."""

    def __repr__(self) -> str:
        return f"Binding({self.key}, line {self.line})"


class NoVariableError(Exception):
    """A line that is no variable; nothing of it is shown, since it may be the middle of a secret."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def bindings_of(text: str) -> Iterator[Binding]:
    """Every variable, in the order of the file; :class:`NoVariableError` for what is none."""
    return _Reader(text).bindings()


class _Reader:
    """A place in a text, that moves on with each thing that is read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def bindings(self) -> Iterator[Binding]:
        while True:
            self._take(_SPACE)
            if self._at == len(self._text):
                return
            binding = self._binding()
            self._take(_END)
            if binding is not None:
                yield binding

    def _binding(self) -> Binding | None:
        line = len(_LINE_END.findall(self._text, 0, self._at)) + 1
        self._take(_EXPORT, line)
        if self._next() == "#":
            return None
        key = self._take(_QUOTED_KEY if self._next() == "'" else _KEY, line)
        if not self._take(_EQUALS):
            raise NoVariableError(line)
        has_gap = bool(self._take(_INDENT))
        value = "" if has_gap and self._next() == "#" else self._value(line)
        if _END.match(self._text, self._at) is None:
            raise NoVariableError(line)
        return Binding(key, value, line)

    def _value(self, line: int) -> str:
        quote = self._next()
        if quote not in _ESCAPED:
            return _COMMENT.sub("", self._take(_PLAIN)).rstrip()
        written = self._take(_SINGLE if quote == "'" else _DOUBLE, line)
        return _ESCAPED[quote].sub(lambda found: codecs.decode(found[0], "unicode-escape"), written)

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self, pattern: re.Pattern[str], line: int = 0) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise NoVariableError(line)
        self._at = found.end()
        return found[1] if pattern.groups else found[0]
