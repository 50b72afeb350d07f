"""A stretch of a text that says one thing, and how a text is written with that said otherwise."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from msgspec import Struct

Path = tuple[str | int, ...]
"""The keys and indexes that lead to a value of a document."""

_SEPARATORS: Final = re.compile(r"[-_.]+")
_AFTER = re.compile(r"[ \t]*,[ \t]*")
_BEFORE = re.compile(r",[ \t]*$")
_NOTHING_MORE: Final = re.compile(r"[ \t]*,?[ \t]*(#[^\n]*)?(\r?\n|$)")


class Span(Struct, frozen=True, kw_only=True):
    """A value and the stretch of the text that writes it, quotation marks included."""

    place: str
    """``line 3``, ``project.dependencies[3]``."""
    value: str
    start: int
    end: int
    is_hashed: bool = False
    """Whether hashes stand beside it, which are of the files that it asks for now."""


class Language(Struct, frozen=True):
    """What is to be known of a language of files to edit values in it."""

    spans: Callable[[str], tuple[Span, ...]]
    """Every value of a text that can be edited, in its order; ``ValueError`` when it is malformed."""
    literals: Callable[[str, str], Iterator[str]]
    """The ways to write a value, the best first: the nearest to the way something is written now."""
    extent: Callable[[str, Span], tuple[int, int] | None]
    """What goes with a value when it is taken out; ``None`` where that cannot be told."""


def place_text(path: Path) -> str:
    """A path as people write it: ``project.dependencies[3]``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def place_key(place: str) -> str:
    """What is equal for two spellings of one place: names of groups are normalised by who reads them."""
    return _SEPARATORS.sub("-", place).lower()


def line_of(text: str, position: int) -> int:
    """The number of the line, from 1, that a position is in."""
    return text.count("\n", 0, position) + 1


def item_extent(text: str, start: int, end: int) -> tuple[int, int]:
    """What goes with an item of a list: its line where it has one to itself, else one of its commas."""
    line_start = text.rfind("\n", 0, start) + 1
    rest = _NOTHING_MORE.match(text, end)
    if not text[line_start:start].strip() and rest is not None:
        return line_start, rest.end()
    if after := _AFTER.match(text, end):
        return start, after.end()
    before = _BEFORE.search(text, line_start, start)
    return (start if before is None else before.start()), end


def spliced(text: str, pieces: Iterable[tuple[int, int, str]]) -> str:
    """The text with other pieces in the place of some; they do not overlap."""
    for start, end, piece in sorted(pieces, reverse=True):
        text = text[:start] + piece + text[end:]
    return text
