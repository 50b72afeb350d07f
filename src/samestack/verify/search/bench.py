"""Where attempts are made: equal ones once, each build counted, and no more of them than are allowed."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from samestack.verify.search.world import Failure, Result, Selection, World

MOST_BUILDS: Final = 12
"""How often a search may build: what is not found by then is not worth the wait."""


class BuildsSpentError(Exception):
    """Another build would be needed than may be made; whoever searches ends with what is known."""


class Attempt(Struct, frozen=True, kw_only=True):
    """Some constraints, what was chosen under them, and what came of it."""

    constraints: tuple[str, ...]
    selection: Selection
    result: Result

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What does not work; nothing where nothing could be built."""
        return self.result.failures

    @property
    def mendable(self) -> tuple[Failure, ...]:
        """What other releases might mend."""
        return tuple(one for one in self.failures if not one.is_of_host)

    @property
    def packages(self) -> frozenset[str]:
        """The packages that do not work."""
        return frozenset(one.package for one in self.failures)

    @property
    def causes(self) -> frozenset[tuple[str, str]]:
        """The failures, told apart."""
        return frozenset((one.package, one.cause) for one in self.failures)

    def is_better_than(self, other: "Attempt") -> bool:
        """Whether it breaks nothing that the other does not, and mends something of it."""
        if self.result.trouble or not self.packages <= other.packages:
            return False
        return bool(other.causes - self.causes)

    def is_as_good_as(self, other: "Attempt") -> bool:
        """Whether it breaks nothing that the other does not."""
        return not self.result.trouble and self.causes <= other.causes


class Build(Struct, frozen=True, kw_only=True):
    """One build: what it was made for, and what came of it."""

    why: str
    constraints: tuple[str, ...]
    day: date | None
    selection: Selection
    result: Result


class Bench:
    """A world that remembers. ``builds`` lists what was built, in order."""

    def __init__(self, world: World, most_builds: int = MOST_BUILDS) -> None:
        self.world = world
        self.builds: list[Build] = []
        self._most_builds = most_builds
        self._decided: dict[tuple[frozenset[str], date | None], Selection | None] = {}
        self._results: dict[Selection, Result] = {}

    def attempt(self, constraints: Sequence[str], why: str, day: date | None = None) -> Attempt | None:
        """Decide under constraints and build that; ``None`` where nothing meets them all."""
        selection = self.decided(constraints, day)
        if selection is None:
            return None
        asked = tuple(dict.fromkeys(constraints))
        result = self._results.get(selection)
        if result is None:
            result = self._built(selection)
            self._results[selection] = result
            build = Build(why=why, constraints=asked, day=day, selection=selection, result=result)
            self.builds.append(build)
        return Attempt(constraints=asked, selection=selection, result=result)

    def known(self, constraints: Sequence[str]) -> Attempt | None:
        """An attempt under constraints, if what is chosen there was built already."""
        selection = self.decided(constraints)
        result = None if selection is None else self._results.get(selection)
        if selection is None or result is None:
            return None
        return Attempt(constraints=tuple(constraints), selection=selection, result=result)

    def decided(self, constraints: Sequence[str], day: date | None = None) -> Selection | None:
        """What is chosen under constraints, as of a day."""
        key = (frozenset(constraints), day)
        if key not in self._decided:
            self._decided[key] = self.world.decide(tuple(dict.fromkeys(constraints)), day)
        return self._decided[key]

    def _built(self, selection: Selection) -> Result:
        if len(self.builds) >= self._most_builds:
            raise BuildsSpentError
        return self.world.try_out(selection)
