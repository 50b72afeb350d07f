"""Which package brings a shared library, by its soname: a table that is read when a library is missing."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct, field


class LibraryPackage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The packages that bring some libraries, by the distribution that they are of."""

    sonames: tuple[str, ...]
    debian: str = ""
    """Of Debian 12 and Ubuntu 22.04."""
    debian_13: str | None = None
    """Of Debian 13 and Ubuntu 24.04, where it has another name; empty where there is none."""
    fedora: str = ""
    alpine: str = ""
    pypi: str = ""
    """A distribution of the Python package index that brings it."""
    cuda: bool = False
    """Whether it is a part of CUDA."""
    sources: tuple[str, ...]


class LibraryPackages(Struct, frozen=True, forbid_unknown_fields=True):
    """All libraries that are known, and the day on which the table was last looked at."""

    dated: date
    libraries: tuple[LibraryPackage, ...] = field(name="library")


@cache
def library_packages() -> LibraryPackages:
    """The whole table."""
    path = Path(__file__).parent / "data" / "library_packages.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), LibraryPackages)


def library_package(soname: str) -> LibraryPackage | None:
    """The row of a library; ``None`` where it is not in the table."""
    return next((one for one in library_packages().libraries if soname in one.sonames), None)
