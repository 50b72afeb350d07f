"""Which releases of packages were compiled against numpy 1: for files that declare what is not installed."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct
from packaging.version import Version

_TABLE: Final = Path(__file__).parent / "data/numpy_two.toml"


class NumpyTwo(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For each package the last release against numpy 1 and the first against numpy 2."""

    dated: date
    sources: tuple[str, ...]
    packages: dict[str, tuple[str, str]]

    def first_after(self, name: str, version: Version) -> str | None:
        """The first release for numpy 2 of a package, if this version of it was compiled against numpy 1."""
        last, first = self.packages.get(name, (None, None))
        return first if last is not None and version <= Version(last) else None


@cache
def numpy_two() -> NumpyTwo:
    """The table, read when the first package is asked for."""
    import tomllib

    import msgspec

    return msgspec.convert(tomllib.loads(_TABLE.read_text(encoding="utf-8")), NumpyTwo)
