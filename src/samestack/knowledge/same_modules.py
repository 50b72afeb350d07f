"""Distributions that bring the same modules under several names: a dated table, read when one is missing."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct

_TABLE: Final = Path(__file__).parent / "data/same_modules.toml"


class Family(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names of one program, any of which makes the same imports work."""

    names: tuple[str, ...]
    """Normalised."""
    source: str


class _Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    dated: date
    family: tuple[Family, ...]


def family_of(name: str) -> Family | None:
    """The family that a normalised name belongs to; ``None`` for the many that belong to none."""
    return next((one for one in _table().family if name in one.names), None)


@cache
def _table() -> _Table:
    import tomllib

    import msgspec

    return msgspec.convert(tomllib.loads(_TABLE.read_text(encoding="utf-8")), _Table)
