"""The strings of a TOML document: where each stands, and how another is written in its place."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Final

from samestack.solve.written.span import Language, Path, Span, item_extent, place_text

_TOKEN: Final = re.compile(
    r'''
    (?P<blank>[ \t]+|\#[^\n]*)
    |(?P<line>\r?\n)
    |(?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    |(?P<sign>[][{}=,.])
    |(?P<bare>[^]\s[{}=,."'\#]+)
    ''',
    re.VERBOSE | re.DOTALL,
)
_KEY_LINE = re.compile(r"[ \t]*[^\s=]+[ \t]*=[ \t]*")
_REST_OF_LINE = re.compile(r"[ \t]*(#[^\n]*)?(\r?\n|$)")


def spans(text: str) -> tuple[Span, ...]:
    """Every string that is a value, in the order of the text; ``ValueError`` for what is not TOML."""
    tomllib.loads(text)  # what is scanned below is known to be well formed
    return tuple(_Scanner(text).statements())


def literals(raw: str, value: str) -> Iterator[str]:
    """A string in the quotation marks that stand there, or else in those that need no escapes."""
    marks = "\"'" if raw.startswith('"') else "'\""
    yield from (f"{mark}{value}{mark}" for mark in marks if not _needs_escapes(value, mark))
    yield json.dumps(value, ensure_ascii=False)


def extent(text: str, span: Span) -> tuple[int, int] | None:
    """An item of an array with its comma, or a key that has its line to itself."""
    if span.place.endswith("]"):
        return item_extent(text, span.start, span.end)
    line_start = text.rfind("\n", 0, span.start) + 1
    rest = _REST_OF_LINE.match(text, span.end)
    is_alone = _KEY_LINE.fullmatch(text, line_start, span.start) is not None
    return (line_start, rest.end()) if is_alone and rest is not None else None


TOML: Final = Language(spans, literals, extent)


def _needs_escapes(value: str, mark: str) -> bool:
    return mark in value or "\\" in value or not value.isprintable()


class _Scanner:
    """Walks over the tokens of a well-formed document."""

    def __init__(self, text: str) -> None:
        tokens = (match for match in _TOKEN.finditer(text) if match.lastgroup != "blank")
        self._tokens = tuple(tokens)
        self._at = 0
        self._tables: Counter[Path] = Counter()
        """How many tables each array of tables has so far."""

    def statements(self) -> Iterator[Span]:
        prefix: Path = ()
        while self._at < len(self._tokens):
            if self._next_is("["):
                prefix = self._header()
            elif self._tokens[self._at].lastgroup == "line":
                self._at += 1
            else:
                yield from self._assignment(prefix)

    def _header(self) -> Path:
        self._at += 1
        is_array = self._next_is("[")
        self._at += is_array
        path = self._within_arrays(self._keys())
        self._at += 1 + is_array
        if is_array:
            self._tables[path] += 1
            return (*path, self._tables[path] - 1)
        return (*path, self._tables[path] - 1) if path in self._tables else path

    def _within_arrays(self, keys: Path) -> Path:
        """The path with the index of the last table wherever it leads through an array of tables."""
        path: Path = ()
        for key in keys:
            path = (*path, self._tables[path] - 1, key) if path in self._tables else (*path, key)
        return path

    def _keys(self) -> Path:
        keys: list[str] = []
        while not keys or self._next_is("."):
            self._at += bool(keys)
            keys.append(_key(self._tokens[self._at]))
            self._at += 1
        return tuple(keys)

    def _assignment(self, prefix: Path) -> Iterator[Span]:
        path = (*prefix, *self._keys())
        self._at += 1
        yield from self._value(path)

    def _value(self, path: Path) -> Iterator[Span]:
        token = self._tokens[self._at]
        self._at += 1
        if token.lastgroup == "string":
            value = str(tomllib.loads(f"v = {token[0]}")["v"])
            yield Span(place=place_text(path), value=value, start=token.start(), end=token.end())
        elif token[0] == "[":
            yield from self._array(path)
        elif token[0] == "{":
            yield from self._inline_table(path)
        else:  # a number, a date, a truth value: points and all
            while self._at < len(self._tokens) and self._tokens[self._at][0] not in {",", "]", "}"}:
                if self._tokens[self._at].lastgroup == "line":
                    break
                self._at += 1

    def _array(self, path: Path) -> Iterator[Span]:
        index = 0
        while not self._closed("]"):
            yield from self._value((*path, index))
            index += 1

    def _inline_table(self, path: Path) -> Iterator[Span]:
        while not self._closed("}"):
            yield from self._assignment(path)

    def _closed(self, sign: str) -> bool:
        """Step over what separates values, and over the end where that is what follows."""
        while self._tokens[self._at].lastgroup == "line" or self._next_is(","):
            self._at += 1
        is_end = self._next_is(sign)
        self._at += is_end
        return is_end

    def _next_is(self, sign: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at][0] == sign


def _key(token: re.Match[str]) -> str:
    return next(iter(tomllib.loads(f"{token[0]} = 0"))) if token.lastgroup == "string" else token[0]
