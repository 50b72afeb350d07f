"""What changes without a version to look up can do: another processor, another build, another model."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from samestack.model.risk import Risk


class Cause(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of change: what it can do, why, and who says so."""

    risk: Risk
    text: str
    sources: tuple[str, ...]


class Causes(Struct, frozen=True, forbid_unknown_fields=True):
    """The kinds of change by name, and the day on which they were last looked at."""

    dated: date
    causes: dict[str, Cause]


@cache
def causes() -> Causes:
    """All kinds of change that are known."""
    path = Path(__file__).parent / "data" / "causes.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Causes)
