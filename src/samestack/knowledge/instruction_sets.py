"""What packages demand of the processor: a table of the few that do not ask which one there is."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, field
from packaging.version import Version

DEMANDING: Final = frozenset(
    {
        *("tensorflow", "tensorflow-cpu", "tensorflow-gpu", "tf-nightly", "jaxlib", "numpy", "pyarrow"),
        *("polars", "polars-u64-idx", "polars-runtime-32", "polars-runtime-64", "lancedb"),
    }
)
"""The packages in the table, so that it need not be read where none of them is."""


class Demand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The instructions that versions of some packages cannot do without."""

    packages: tuple[str, ...]
    first: str | None = None
    """The first version that demands them; ``None`` for all."""
    until: str | None = None
    """The first version that does not demand them any more."""
    unless: tuple[str, ...] = ()
    """Packages beside which the demand does not hold."""
    instructions: tuple[str, ...]
    text: str
    remedy: str
    command: str = ""
    sources: tuple[str, ...]

    def holds(self, version: Version) -> bool:
        """Whether a version demands the instructions."""
        after = self.first is None or version >= Version(self.first)
        return after and (self.until is None or version < Version(self.until))


class Demands(Struct, frozen=True, forbid_unknown_fields=True):
    """All that are known, and the day on which the table was last looked at."""

    dated: date
    demands: tuple[Demand, ...] = field(name="demand")


@cache
def demands() -> Demands:
    """The whole table."""
    path = Path(__file__).parent / "data" / "instruction_sets.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Demands)
