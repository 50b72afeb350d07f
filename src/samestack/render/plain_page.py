"""A page for a terminal, drawn without the library that draws the other tables: that costs 50 ms to load."""

from collections.abc import Iterator
from typing import Final

from samestack.render.printable import printable

_CODES: Final = {
    "bold": "1",
    "dim": "2",
    "red": "1;31",
    "yellow": "1;33",
    "magenta": "1;35",
    "blue": "1;34",
    "green": "1;32",
}
_LEAST_WIDTH: Final = 20


class Page:
    """Lines of texts in styles, folded into a width. Every text is made printable, whoever wrote it."""

    def __init__(self, width: int, *, has_styles: bool) -> None:
        self._width = max(width, _LEAST_WIDTH)
        self._has_styles = has_styles
        self._lines: list[str] = []

    def text(
        self, text: str, style: str = "", *, indent: int = 0, mark: str = "", mark_style: str = ""
    ) -> None:
        """A paragraph; its further lines stand under its first, and ``mark`` before that."""
        begin = " " * indent + (f"{self._styled(mark, mark_style)} " if mark else "")
        width = indent + (len(mark) + 1 if mark else 0)
        for number, line in enumerate(folded(printable(text), self._width - width)):
            self._lines.append((" " * width if number else begin) + self._styled(line, style))

    def words(self, *pairs: tuple[str, str], indent: int = 0) -> None:
        """Texts with their styles in one line, which is not folded."""
        line = "  ".join(self._styled(printable(text), style) for text, style in pairs if text)
        self._lines.append(" " * indent + line)

    def verbatim(self, text: str, *, indent: int = 0) -> None:
        """A text that is copied as a whole, a command mostly: it is not folded."""
        self._lines.append(" " * indent + printable(text))

    def gap(self) -> None:
        """An empty line between what stands above and below, where there is something above."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def __str__(self) -> str:
        return "".join(f"{line}\n" for line in self._lines)

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if style and self._has_styles else text


def folded(text: str, width: int) -> Iterator[str]:
    """A text in lines of at most so many columns, broken at spaces where there are some."""
    line, room = "", max(width, 1)
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if _columns(joined) <= room:
            line = joined
            continue
        if line:
            yield line
        *full, line = _pieces(word, room)
        yield from full
    if line:
        yield line


def _pieces(word: str, room: int) -> Iterator[str]:
    piece, used = "", 0
    for character in word:
        wide = _columns(character)
        if piece and used + wide > room:
            yield piece
            piece, used = "", 0
        piece, used = piece + character, used + wide
    yield piece


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)
