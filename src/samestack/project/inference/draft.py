"""A manifest that is still to be written: its values, and what each was told by."""

from collections.abc import Iterable
from typing import Self

from msgspec import Struct


class Entry(Struct, frozen=True, kw_only=True):
    """One value of the manifest; of a list, one of its items."""

    key: str
    """Where it stands there: ``project.dependencies``, ``tool.samestack.python``."""
    value: str
    places: tuple[str, ...]
    """What told it: ``train.py:3``, or a reason in words."""


class Draft(Struct, frozen=True):
    """All that was inferred."""

    entries: tuple[Entry, ...] = ()
    doubts: tuple[str, ...] = ()
    """What was left out, or decided among several, in a sentence each."""

    @classmethod
    def joined(cls, parts: Iterable["Draft"]) -> Self:
        """All of it, in order."""
        all_parts = tuple(parts)
        return cls(
            tuple(entry for part in all_parts for entry in part.entries),
            tuple(dict.fromkeys(doubt for part in all_parts for doubt in part.doubts)),
        )
