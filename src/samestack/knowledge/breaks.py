"""Combinations that break though no metadata says so: dated tables, a file a package that breaks.

A file is read when its package is there. What stands in a row is what was seen or what a public page says, no
wider: a combination that no row names may work or not.
"""

import os
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct, field

_DATA: Final = Path(__file__).parent / "data/breaks"
_NOTHING: Final[Mapping[str, str]] = {}


class Break(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way in which some versions of a package break. All conditions that it names hold together."""

    id: str
    """Stable, and unlike that of every other row: ``flask-jinja2``."""
    versions: str = ""
    """The versions of the package that break, as a PEP 440 specifier; empty for all of them."""
    beside: Mapping[str, str] = field(default_factory=lambda: _NOTHING, name="with")
    """Other packages that have to be there for it, with the versions that do it."""
    needs: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """Packages that it needs and does not require: it breaks where one is absent or of another version."""
    python: str = ""
    """The versions of Python under which it breaks; empty for all of them."""
    severity: Literal["error", "warning"] = "error"
    """``error`` where the package cannot be imported or used, ``warning`` where a part of it fails."""
    text: str
    """What fails and why, to follow the names of the packages."""
    error: str
    """The words of the error message that people search for."""
    remedies: tuple[str, ...] = ()
    """Requirements that mend it, each alone; several to be installed together stand in one, with a space."""
    advice: str = ""
    """What to do where no requirement mends it, as a sentence begins: ``use a Python before 3.10``."""
    is_in_metadata: bool = False
    """Whether the package's own metadata excludes it too, so that where that was read, it says so itself."""
    verified: bool = False
    """Whether this project saw it fail, and saw the first remedy mend it; ``tests/services`` can again."""
    sources: tuple[str, ...]
    """Public pages that say so."""


class Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that is known of one package's breaks, and the day on which it was last looked at."""

    dated: date
    breaks: tuple[Break, ...] = field(name="break")


class _Twin(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    same_as: str


def breaks(name: str) -> tuple[Break, ...]:
    """The rows of a package, by its normalised name; none for a package without a table."""
    if name not in break_names():
        return ()
    return read_table(_DATA / f"{name}.toml").breaks


@cache
def break_names() -> frozenset[str]:
    """The normalised names of all packages of which breaks are known."""
    names = os.listdir(_DATA)  # noqa: PTH208 - their names, not a path for each
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def twin_of(name: str) -> str | None:
    """The package whose rows hold for this one too; ``None`` for a package with rows of its own."""
    return _same_as(_DATA / f"{name}.toml")


@cache
def read_table(path: Path) -> Table:
    """The table in a file, or the one that it names; a ``ValueError`` where it is malformed."""
    twin = _same_as(path)
    if twin is not None:
        return read_table(path.with_name(f"{twin}.toml"))
    return msgspec.convert(_read(path), Table)


def _same_as(path: Path) -> str | None:
    found = _read(path)
    return msgspec.convert(found, _Twin).same_as if "same_as" in found else None


@cache
def _read(path: Path) -> dict[str, object]:
    import tomllib

    return tomllib.loads(path.read_text(encoding="utf-8"))
