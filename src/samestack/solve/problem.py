"""What is asked of a solver: wishes, and where the result is to run."""

from datetime import date

from msgspec import Struct


class Wish(Struct, frozen=True, kw_only=True):
    """One requirement that a person wrote down, and where."""

    text: str
    """In the ecosystem's own syntax, with its marker: ``numpy>=1.21; python_version < "3.11"``."""
    file: str = ""
    """As the user named it; empty for a requirement of the command line."""
    line: int = 0
    """From 1; 0 where it has none."""
    place: str = ""
    """Where in a structured file it stands: ``project.dependencies[3]``."""
    is_fixed: bool = False
    """Whether it is a fact (something installed already) that no relaxation may touch."""
    is_constraint: bool = False
    """Whether it only narrows what something else asks for, as a line of a constraints file does."""


class Target(Struct, frozen=True, kw_only=True):
    """Where the result is to run, as far as that is not this machine."""

    python: str
    """A version: ``3.10`` or ``3.10.13``."""
    platform: str = ""
    """What uv calls the platform: ``x86_64-manylinux_2_28``; empty for this machine's."""
    as_of: date | None = None
    """Only releases of before this day count."""


class Problem(Struct, frozen=True, kw_only=True):
    """All of it."""

    wishes: tuple[Wish, ...]
    target: Target
