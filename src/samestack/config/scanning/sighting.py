"""One secret that stands in a text: where, of which kind, under which name."""

from msgspec import Struct

from samestack.config.scanning.text import Text


class Sighting(Struct, frozen=True, kw_only=True):
    """A secret that was seen. What it is, is kept for fingerprints alone: no ``repr`` shows it."""

    text: Text
    start: int
    """The first character of the secret in the content of the text."""
    secret: str
    kind: str
    """What it is, for people: ``AWS access key``."""
    name: str = ""
    """The variable that it is given to, or that is known to have it; empty where nobody says."""
    source: str = ""
    """A public page that says what such a secret looks like."""

    def __repr__(self) -> str:
        return f"Sighting({self.kind!r}, {self.path!r}, {self.place!r})"

    @property
    def path(self) -> str:
        """The file."""
        return self.text.path

    @property
    def end(self) -> int:
        """Behind its last character."""
        return self.start + len(self.secret)

    @property
    def line(self) -> int:
        """From 1, in its text."""
        return self.text.position(self.start)[0]

    @property
    def place(self) -> str:
        """``line 3, column 8``, after the part of the file where that is meant."""
        line, column = self.text.position(self.start)
        place = f"line {line}, column {column}"
        return f"{self.text.part}, {place}" if self.text.part else place
