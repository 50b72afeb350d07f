"""What one place of a project tells of the environment that it needs."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from msgspec import Struct


class Kind(StrEnum):
    """What a clue is about."""

    DEPENDENCY = "dependency"
    """A distribution that somebody wrote down."""
    IMPORT = "import"
    """A distribution that code imports a module of."""
    OPTIONAL_IMPORT = "optional-import"
    """One that the code does without where it is not there."""
    LATE_IMPORT = "late-import"
    """One that is imported inside functions only."""
    UNKNOWN_IMPORT = "unknown-import"
    """A module of which no table knows the distribution."""
    STANDARD_MODULE = "standard-module"
    """A module of Python's own library that not every Python has, and that code cannot do without."""
    DECLARED = "declared"
    """A distribution that the manifest names already."""
    CONSTRAINT = "constraint"
    PYTHON = "python"
    """A series or a release that it is to run on."""
    TESTED_PYTHON = "tested-python"
    """One that it ran on, in a pipeline or for a notebook."""
    REQUIRES_PYTHON = "requires-python"
    """A range that somebody wrote down."""
    SYSTEM_PACKAGE = "system-package"
    CUDA = "cuda"
    PLATFORM = "platform"
    NAME = "name"
    DYNAMIC = "dynamic"
    """A part of a package's description that its build script says."""


class Clue(Struct, frozen=True, kw_only=True):
    """One of them."""

    kind: Kind
    value: str
    place: str
    """File and line, relative to the project: ``train.py:3``; for a notebook its cell."""
    group: str = ""
    """The dependency group that it belongs to; empty for what everybody needs."""


class Seen(Struct, frozen=True):
    """What a file tells, and what of it is left to whoever reads the report."""

    clues: tuple[Clue, ...] = ()
    doubts: tuple[str, ...] = ()

    @classmethod
    def joined(cls, parts: Iterable["Seen"]) -> Self:
        """All of it, in order."""
        all_parts = tuple(parts)
        return cls(
            tuple(clue for part in all_parts for clue in part.clues),
            tuple(dict.fromkeys(doubt for part in all_parts for doubt in part.doubts)),
        )
