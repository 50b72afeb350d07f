"""What the search knows of the world: releases that a solver chooses, and what comes of them when built."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct


class Selection(Struct, frozen=True):
    """The releases that were decided for one platform; equal ones are the same environment."""

    releases: tuple[tuple[str, str], ...]
    """Normalised names with versions, by name."""

    @property
    def versions(self) -> dict[str, str]:
        """The same by name."""
        return dict(self.releases)


class Failure(Struct, frozen=True, kw_only=True):
    """A package that does not work in an environment that was built."""

    package: str
    cause: str
    """What tells it from another failure of the same package, without what changes from build to build."""
    words: str = ""
    """What happens, in a line that a person can search for."""
    remedies: tuple[tuple[str, ...], ...] = ()
    """What whoever foresaw it advises, each alone: requirements that are needed together."""
    suspects: tuple[str, ...] = ()
    """Packages that it points at, the likeliest first."""
    is_of_host: bool = False
    """Whether the machine lacks something: no other release would change that, so none is looked for."""


class Result(Struct, frozen=True, kw_only=True):
    """What came of building a selection and importing all of it."""

    failures: tuple[Failure, ...] = ()
    trouble: str = ""
    """Why it could not be built, in a line; empty where it was. What was not built says nothing."""


class Past(Struct, frozen=True, kw_only=True):
    """A day on which what fails today may have been whole."""

    day: date
    why: str
    """What tells that day, in a sentence."""
    bounds: Mapping[str, str] | None = None
    """The packages to hold back to a release of before that day; ``None`` to decide everything as of it."""


class World(Protocol):
    """A solver, a workshop and a history. All that the search wants to know it asks of these."""

    def decide(self, constraints: Sequence[str], day: date | None) -> Selection | None:
        """What is chosen under these constraints, as of a day; ``None`` where nothing meets them all."""

    def try_out(self, selection: Selection) -> Result:
        """Build it and import it: by far the dearest question of all."""

    def pasts(self, selection: Selection, failures: Sequence[Failure]) -> Iterable[Past]:
        """The days to look back to, the most promising first."""

    def releases(self, package: str, after: str, until: str) -> Sequence[str]:
        """What can be chosen of a package after one release and up to another, the oldest first."""

    def related(self, selection: Selection, package: str) -> Sequence[str]:
        """What a package requires and what that requires, the nearest first."""
