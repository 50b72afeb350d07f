"""Packages that need more than an installer of wheels: a dated table, each row with its source."""

import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, field

_TABLE: Final = Path(__file__).parent / "data/special_packages.toml"


class Need(StrEnum):
    """What has to be there before such a package can be installed or used."""

    CUDA_TOOLKIT = "cuda-toolkit"
    """nvcc and headers: it is compiled against CUDA when it is installed."""
    NATIVE = "native"
    """A native program or library that its distributions on an index do not bring."""
    R = "r"
    """An installation of R."""


class SpecialPackage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One such package."""

    name: str
    """Normalised, as the index has it."""
    need: Need
    why: str
    """What it needs, in a sentence."""
    source: str


class _Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    dated: date
    packages: tuple[SpecialPackage, ...] = field(name="package")


def special_package(name: str) -> SpecialPackage | None:
    """The row of a package, by its normalised name; ``None`` for the many that are like any other."""
    return _by_name().get(name)


@cache
def _by_name() -> Mapping[str, SpecialPackage]:
    table = msgspec.convert(tomllib.loads(_TABLE.read_text(encoding="utf-8")), _Table)
    return {one.name: one for one in table.packages}
