"""Which Python is wanted: any, those of a series, one release, or the one at a path."""

import os
import re
from pathlib import Path
from typing import Final

from msgspec import Struct
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from samestack.errors import RequestError

_VERSION: Final = re.compile(r"(?:python)?(3(?:\.\d{1,2}(?:\.\d{1,3}(?:(?:a|b|rc)\d{1,2})?)?)?)")


class Wanted(Struct, frozen=True, kw_only=True):
    """What an interpreter is to be."""

    version: str = ""
    """``3``, ``3.9`` or ``3.9.18``; empty for any."""
    requires: str = ""
    """What ``requires-python`` says beside that: ``>=3.8,<3.11``."""
    path: Path | None = None
    """An executable, or the prefix of an installation or environment."""

    @property
    def series(self) -> str:
        """``3.9`` of ``3.9.18``; empty where several series will do."""
        parts = self.version.split(".")
        return ".".join(parts[:2]) if len(parts) > 1 else ""

    def accepts(self, version: str) -> bool:
        """Whether an interpreter of this release is one."""
        is_of_series = not self.version or f"{version}.".startswith(f"{self.version}.")
        return is_of_series and (not self.requires or _allows(self.requires, version))

    def __str__(self) -> str:
        named = f"Python {self.version}" if self.version else "Python"
        if self.path is not None:
            named = f"Python at {self.path}"
        return f"{named} that meets {self.requires}" if self.requires else named


def wanted_python(text: str, requires: str = "") -> Wanted:
    """What a series, a release or a path asks for; :class:`RequestError` for what is none of them."""
    _check(requires)
    if os.sep in text or text in {".", "~"} or text.startswith("~"):
        return Wanted(path=Path(text).expanduser().absolute(), requires=requires)
    if not text:
        return Wanted(requires=requires)
    version = _VERSION.fullmatch(text)
    if version is None:
        raise RequestError(
            f"'{text}' names no Python",
            hint="name a series (3.11), a release (3.11.7) or the path of an interpreter (/usr/bin/python3)",
        )
    return Wanted(version=version[1], requires=requires)


def _check(requires: str) -> None:
    try:
        SpecifierSet(requires)
    except InvalidSpecifier:
        raise RequestError(
            f"'{requires}' is no demand on Python's version", hint="write it as in '>=3.9,<3.12'"
        ) from None


def _allows(requires: str, version: str) -> bool:
    """Whether a release meets the demand; a pre-release counts as the release that it becomes."""
    try:
        return SpecifierSet(requires).contains(Version(version).base_version)
    except InvalidVersion:
        return False
