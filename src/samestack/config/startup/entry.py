"""What one source says of one variable, and the layers of sources."""

from __future__ import annotations

from typing import Any, NamedTuple

PROCESS, DIRECTORY, DOTENV, PROFILE, BASE = 2, 3, 4, 7, 8
"""The layers that a program reads itself, highest first, by the numbers that the tool gives them."""
DEFAULT = "default"
"""The origin of what no source says."""


class Entry(NamedTuple):
    """One variable as one source has it. Its representation never shows the value."""

    name: str
    value: Any
    """A text from sources that know nothing else; else what JSON can say, ``None`` included."""
    rank: int
    source: str
    place: str = ""

    @property
    def origin(self) -> str:
        """Source and place as one text."""
        return f"{self.source}, {self.place}" if self.place else self.source

    def __repr__(self) -> str:
        return f"Entry({self.name}, {self.origin})"


class UnreadableError(Exception):
    """A source, or a place in it, that cannot be read. Its words hold no value."""

    def __init__(self, source: str, message: str, place: str = "", *, variable: str = "") -> None:
        super().__init__(source, message, place)
        self.variable = variable
        self.source = source
        self.message = message
        self.place = place
