"""What a project shows: signals, each with the places where it was seen."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from msgspec import Struct

_MOST_EVIDENCE: Final = 5
"""What is shown five times needs no sixth."""


class Evidence(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One place that shows something."""

    file: str
    """Relative to the project, with forward slashes."""
    line: int = 0
    """From 1; 0 where the file as a whole shows it."""
    text: str = ""
    """What stands there, or the name that was met."""

    @property
    def label(self) -> str:
        """``Dockerfile:3 FROM python:3.10``."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place} {self.text}".rstrip()


class Signal(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One thing that was looked for and is there."""

    name: str
    """That of its row in the matrix."""
    evidence: tuple[Evidence, ...]


def seen(name: str, evidence: Iterable[Evidence]) -> Iterator[Signal]:
    """The signal with the first of its evidence; nothing where there is none."""
    found = tuple(islice(evidence, _MOST_EVIDENCE))
    if found:
        yield Signal(name=name, evidence=found)
