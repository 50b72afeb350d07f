"""What one source says of one variable, and where it says so."""

from typing import Any

from msgspec import Struct

from samestack.config.rank import Rank


class Origin(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where a value stands. Nothing in it is a value."""

    source: str
    """``config/production.toml``, ``process environment``, ``consul:helpdesk/production``."""
    rank: Rank
    key: str = ""
    """How a store itself writes the variable, where others may have to ask it for that: ``api_key``."""
    place: str = ""
    """The place in the source: ``line 3``, ``index 42``, ``version 7``."""
    changed: str = ""
    """When the value became what it is, in ISO 8601, where the source knows that."""
    is_protected: bool | None = None
    """Whether a secret may stand there, where that is particular to this place and not to its source's kind:
    an AWS parameter is encrypted or is not."""

    def __str__(self) -> str:
        return f"{self.source}, {self.place}" if self.place else self.source


class Entry(Struct, frozen=True, kw_only=True):
    """One variable as one source has it. Its representation never shows the value, which may be a secret."""

    name: str
    """In capitals, inner names joined by two underscores: ``DATABASE__URL``."""
    value: Any
    """A text from sources that know nothing else; else what JSON can say, ``None`` included. Unset where
    only its presence was asked for."""
    origin: Origin

    def __repr__(self) -> str:
        return f"Entry({self.name}, {self.origin})"


class Value(Struct, frozen=True, kw_only=True):
    """One variable after all layers were laid over each other."""

    name: str
    value: Any
    """Typed where the schema knows the variable."""
    origin: Origin
    """Of the highest layer that has it."""
    shadowed: tuple[Entry, ...] = ()
    """What lower layers say, the highest of them first."""

    def __repr__(self) -> str:
        return f"Value({self.name}, {self.origin})"
