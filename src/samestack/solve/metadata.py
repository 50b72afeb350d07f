"""What an index knows of packages: their releases, and what each of these asks for."""

from datetime import datetime
from typing import Protocol

from msgspec import Struct


class Refusal(Struct, frozen=True, kw_only=True):
    """Why a release cannot be used at the target."""

    layer: str
    """``python`` or ``os``."""
    why: str
    """What it asks for, so that "asks for ..." is a sentence: ``Python 3.7 or 3.8``, ``glibc 2.28``.

    Its first word names what is contested.
    """
    offered: str = ""
    """What the target has instead: ``Python 3.12``, ``glibc 2.17``; empty where that is not known."""


class Release(Struct, frozen=True, kw_only=True):
    """One version of a package."""

    version: str
    refusal: Refusal | None = None
    """Why the target cannot have it; ``None`` where it can."""
    uploaded: datetime | None = None
    """When its first file was, where the index tells."""
    is_meant: bool = True
    """Whether it says that it is for the target's Python, by the upper bound too, which uv does not mind."""
    is_yanked: bool = False
    """Whether it was withdrawn: only a wish for this very version gets it."""


class MetadataSource(Protocol):
    """An index, asked for facts. What it does not know is empty: an explanation then says less, not wrong."""

    def releases(self, name: str) -> tuple[Release, ...]:
        """All releases of a package, the oldest version first; none where the package is not known."""

    def requires(self, name: str, version: str) -> tuple[str, ...] | None:
        """What a release asks for, markers included, as written; ``None`` where that cannot be read."""

    def applies(self, marker: str, extras: frozenset[str]) -> bool:
        """Whether a marker holds at the target, for a package that is wanted with these extras."""
