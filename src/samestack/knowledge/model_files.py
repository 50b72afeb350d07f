"""What model files ask of the libraries that load them: names in pickles, operator sets of ONNX."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, field
from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

_DATA: Final = Path(__file__).parent / "data"


class PickledName(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A class in pickles that only some versions of its library can load."""

    begins: str
    """How the class's full name begins."""
    package: str
    needs: str
    """The versions that can load it, as a specifier."""
    written: str = ""
    """The versions that must have written it for the row to apply; any, where it is empty."""
    text: str
    """What happens otherwise, in a sentence."""
    sources: tuple[str, ...]
    verified: bool = False
    """Whether it was seen when this project loaded such a pickle."""

    def is_about(self, name: str, writer: str) -> bool:
        """Whether the row speaks of a class and of the version of the library that pickled it, if known."""
        if not name.startswith(self.begins):
            return False
        return not self.written or (bool(writer) and _contains(self.written, writer))

    def is_met_by(self, installed: Version) -> bool:
        """Whether a version of the library can load it."""
        return SpecifierSet(self.needs).contains(installed, prereleases=True)


class PickledNames(Struct, frozen=True, forbid_unknown_fields=True):
    """All rows, and the day on which they were last looked at."""

    dated: date
    names: tuple[PickledName, ...] = field(name="name")


class OnnxRuntimes(Struct, frozen=True, forbid_unknown_fields=True):
    """What releases of ONNX Runtime load: from each release on, the newest operator set and IR version."""

    dated: date
    source: str
    releases: dict[str, tuple[int, int]]

    def newest(self, installed: Version) -> tuple[int, int] | None:
        """The newest operator set and IR version that a release loads; ``None`` for one before the table.

        Releases after the table's last are taken to load at least what that one does.
        """
        known = [(Version(since), loads) for since, loads in self.releases.items()]
        return max((row for row in known if row[0] <= installed), default=(None, None))[1]

    def first_with(self, operator_set: int, ir_version: int) -> str | None:
        """The first release that loads both; ``None`` where the table knows none."""
        able = (
            since for since, (sets, ir) in self.releases.items() if sets >= operator_set and ir >= ir_version
        )
        return min(able, key=Version, default=None)

    @property
    def last(self) -> Version:
        """The newest release that the table knows."""
        return max(map(Version, self.releases))


@cache
def pickled_names() -> PickledNames:
    """Every class that is known to be loadable by some versions only."""
    return msgspec.convert(tomllib.loads((_DATA / "pickled_names.toml").read_text("utf-8")), PickledNames)


@cache
def onnx_runtimes() -> OnnxRuntimes:
    """What is known of ONNX Runtime's releases."""
    return msgspec.convert(tomllib.loads((_DATA / "onnx_runtimes.toml").read_text("utf-8")), OnnxRuntimes)


def _contains(specifier: str, version: str) -> bool:
    try:
        return SpecifierSet(specifier).contains(Version(version), prereleases=True)
    except InvalidVersion:
        return False
