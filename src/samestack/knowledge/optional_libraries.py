"""Libraries that some modules of a package need and that it does without all the same."""

import fnmatch
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct, field


class OptionalLibrary(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Libraries without which packages work nevertheless, and why."""

    packages: tuple[str, ...]
    libraries: tuple[str, ...]
    """Shell patterns over sonames."""
    one_suffices: bool = False
    """Whether one of them must be there: the package holds modules for several."""
    text: str
    sources: tuple[str, ...]

    def means(self, package: str, soname: str) -> bool:
        """Whether it speaks of a library that a package needs."""
        return package in self.packages and any(fnmatch.fnmatchcase(soname, one) for one in self.libraries)


class OptionalLibraries(Struct, frozen=True, forbid_unknown_fields=True):
    """All that are known, and the day on which the table was last looked at."""

    dated: date
    rows: tuple[OptionalLibrary, ...] = field(name="optional")


@cache
def optional_libraries() -> OptionalLibraries:
    """The whole table."""
    path = Path(__file__).parent / "data" / "optional_libraries.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), OptionalLibraries)


def optional_library(package: str, soname: str) -> OptionalLibrary | None:
    """The row about a library that a package needs; ``None`` where it cannot do without."""
    return next((row for row in optional_libraries().rows if row.means(package, soname)), None)
