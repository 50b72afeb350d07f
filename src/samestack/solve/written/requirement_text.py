"""The requirements of a requirements file: where each stands, and how another is written in its place."""

import re
from collections.abc import Iterator
from typing import Final

from samestack.capture.readers.requirements.requirement_lines import logical_lines, parsed_line
from samestack.solve.written.span import Language, Span

_CONTINUED: Final = r"(?:\\+\r?\n)*"


def spans(text: str) -> tuple[Span, ...]:
    """Every line that requires something; ``ValueError`` for options that pip does not have."""
    starts = _line_starts(text)
    found = []
    for number, said in logical_lines(text):
        line = parsed_line(number, said)
        if line.requirement or line.editables:
            start, end = _found(line.requirement or said, text, starts[number - 1])
            value, place = line.requirement or said, f"line {number}"
            found.append(Span(place=place, value=value, start=start, end=end, is_hashed=bool(line.hashes)))
    return tuple(found)


def literals(_: str, value: str) -> Iterator[str]:
    """A requirement as it is."""
    yield value


def extent(text: str, span: Span) -> tuple[int, int] | None:
    """The whole line, with those that continue it and the comment at its end."""
    starts = [*_line_starts(text), len(text)]
    first = int(span.place.removeprefix("line ")) - 1
    last = first
    while _is_continued(text[starts[last] : starts[last + 1]]) and last + 2 < len(starts):
        last += 1
    return starts[first], starts[last + 1]


REQUIREMENTS: Final = Language(spans, literals, extent)


def _line_starts(text: str) -> list[int]:
    starts, position = [], 0
    for line in text.splitlines(keepends=True):
        starts.append(position)
        position += len(line)
    return starts


def _is_continued(line: str) -> bool:
    return line.rstrip("\r\n").endswith("\\") and not line.lstrip().startswith("#")


def _found(said: str, text: str, start: int) -> tuple[int, int]:
    """Where a text stands from its line on: a backslash may continue it on the next line anywhere."""
    match = re.compile(_CONTINUED.join(map(re.escape, said))).search(text, start)
    if match is None:
        raise ValueError("a line is continued in a way that cannot be followed")
    return match.start(), match.end()
