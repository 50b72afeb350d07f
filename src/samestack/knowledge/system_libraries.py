"""System packages and native libraries that can change results or keep programs from starting."""

import fnmatch
import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct, field

from samestack.model.risk import Risk


class SystemLibrary(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of library: the names it goes by, and what another version of it can do."""

    kind: str
    """What it is for: ``JPEG decoder``."""
    patterns: tuple[str, ...]
    """Shell patterns, in lower case, over names of deb, rpm, apk and conda packages and bundled libraries."""
    risk: Risk
    text: str
    sources: tuple[str, ...]


class SystemLibraries(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The kinds of library that are known, and the day on which they were last looked at."""

    dated: date
    libraries: tuple[SystemLibrary, ...] = field(name="library")


@cache
def system_libraries() -> SystemLibraries:
    """All kinds of library that are known."""
    path = Path(__file__).parent / "data" / "system_libraries.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), SystemLibraries)


def system_library(name: str) -> SystemLibrary | None:
    """The first kind that a package or a library is of, by its name; ``None`` where none is known."""
    lowered = name.lower()
    return next((library for library, pattern in _compiled() if pattern.fullmatch(lowered)), None)


@cache
def _compiled() -> tuple[tuple[SystemLibrary, re.Pattern[str]], ...]:
    return tuple(
        (library, re.compile("|".join(map(fnmatch.translate, library.patterns))))
        for library in system_libraries().libraries
    )
