"""What is known of version steps: dated tables, a file a component, read when that component changed."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, field
from packaging.version import Version

from samestack.model.risk import Risk

_DATA: Final = Path(__file__).parent / "data"


class Companion(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The change of another component that a step needs to take effect."""

    name: str
    boundary: str


class Step(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A behaviour that begins with a version. A change crosses it when one side alone has it."""

    boundary: str
    """The first version with the behaviour."""
    until: str | None = None
    """The first version without it again; ``None`` where it stays."""
    risk: Risk
    """The gravest thing that crossing it can do."""
    text: str
    """What is different from the boundary on, in a sentence."""
    sources: tuple[str, ...]
    """Public pages that say so."""
    verified: bool = False
    """Whether it was seen when this project measured it, and not only read."""
    only_going_back: bool = False
    """Whether only a step back over the boundary bears the risk, as from a first release that works."""
    together_with: Companion | None = None
    """Another component's change without which this one has no effect."""

    def holds(self, version: str) -> bool | None:
        """Whether a version has the behaviour; ``None`` where the version cannot be read.

        A pre-release counts as the release that it leads to, because it has most of its behaviour.
        """
        try:
            base = Version(Version(version).base_version)
        except ValueError:  # not a version, or one with a number beyond the interpreter's limit
            return None
        return base >= Version(self.boundary) and (self.until is None or base < Version(self.until))

    def is_crossed(self, before: str, after: str) -> bool:
        """Whether exactly one of two versions has the behaviour; ``False`` where one cannot be read."""
        states = (self.holds(before), self.holds(after))
        return None not in states and states[0] != states[1]


class Otherwise(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every step of a component can do, also one that crosses no row of its table."""

    risk: Risk
    text: str
    sources: tuple[str, ...]


class Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that is known of one component's steps, and the day on which it was last looked at."""

    dated: date
    numeric: bool = False
    """Whether it computes with compiled kernels, so that a rebuild of one version can change results."""
    otherwise: Otherwise | None = None
    steps: tuple[Step, ...] = field(default=(), name="step")


class Aliases(Struct, frozen=True, forbid_unknown_fields=True):
    """Other names of components that have a table."""

    aliases: dict[str, str]


def steps(name: str) -> tuple[Step, ...]:
    """The rows of a component, by its normalised name or an alias; none for a component without a table."""
    known = table(name)
    return () if known is None else known.steps


def table(name: str) -> Table | None:
    """The table of a component, by its normalised name or an alias; ``None`` where there is none."""
    name = _aliases().get(name, name)
    if name not in table_names():
        return None
    return read_table(_DATA / "steps" / f"{name}.toml")


@cache
def table_names() -> frozenset[str]:
    """The names of all components with a table of their own."""
    return frozenset(path.stem for path in (_DATA / "steps").glob("*.toml"))


@cache
def read_table(path: Path) -> Table:
    """The table in a file; a ``ValueError`` of tomllib or msgspec where it is malformed."""
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Table)


@cache
def _aliases() -> dict[str, str]:
    text = (_DATA / "aliases.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Aliases).aliases
