"""A world that fits in a few tables: each package is chosen for itself, and what breaks is written down."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct
from packaging.requirements import Requirement
from packaging.version import Version

from samestack.verify.search.constraint_text import package_of
from samestack.verify.search.world import Failure, Past, Result, Selection

FIRST_DAY = date(2020, 1, 1)


class Breakage(Struct, frozen=True, kw_only=True):
    """A package that fails where all of these others are of such versions."""

    package: str
    beside: tuple[str, ...]
    """Requirements: ``beta>=2``."""
    cause: str = "import-failure"
    remedies: tuple[tuple[str, ...], ...] = ()
    suspects: tuple[str, ...] = ()
    is_of_host: bool = False

    def applies(self, versions: Mapping[str, str]) -> bool:
        said = map(Requirement, self.beside)
        return self.package in versions and all(
            one.name in versions and one.specifier.contains(versions[one.name]) for one in said
        )


class SmallWorld:
    """Of each package the releases, the oldest first; each has the day of its place, all days in a row."""

    def __init__(
        self,
        packages: Mapping[str, Sequence[str]],
        breakages: Sequence[Breakage] = (),
        *,
        wishes: Sequence[str] = (),
        days: Sequence[int] | None = None,
        unbuildable: Sequence[str] = (),
        requires: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.packages = packages
        self.breakages = breakages
        self.wishes = [Requirement(one) for one in wishes]
        self.past_days = [0] if days is None else days
        self.unbuildable = [Requirement(one) for one in unbuildable]
        self.requires = requires or {}
        self.built: list[Selection] = []
        self.decisions = 0

    def decide(self, constraints: Sequence[str], day: date | None) -> Selection | None:
        self.decisions += 1
        asked = [*self.wishes, *map(Requirement, constraints)]
        chosen = {}
        for name, releases in self.packages.items():
            there = releases if day is None else releases[: (day - FIRST_DAY).days]
            fits = [
                one
                for one in there
                if all(said.specifier.contains(one) for said in asked if said.name == name)
            ]
            if not fits:
                return None
            chosen[name] = fits[-1]
        return Selection(tuple(sorted(chosen.items())))

    def try_out(self, selection: Selection) -> Result:
        assert selection not in self.built, "the same environment is built twice"
        self.built.append(selection)
        versions = selection.versions
        if any(one.specifier.contains(versions[one.name]) for one in self.unbuildable):
            return Result(trouble="it cannot be built")
        return Result(
            failures=tuple(
                Failure(
                    package=one.package,
                    cause=one.cause,
                    words=f"{one.package} fails",
                    remedies=one.remedies,
                    suspects=one.suspects,
                    is_of_host=one.is_of_host,
                )
                for one in self.breakages
                if one.applies(versions)
            )
        )

    def pasts(self, selection: Selection, failures: Sequence[Failure]) -> Iterable[Past]:
        assert selection in self.built
        assert failures
        for number in self.past_days:
            yield Past(day=FIRST_DAY + timedelta(days=number + 1), why="its pins are of that day")

    def releases(self, package: str, after: str, until: str) -> Sequence[str]:
        return [one for one in self.packages[package] if Version(after) < Version(one) <= Version(until)]

    def related(self, selection: Selection, package: str) -> Sequence[str]:
        assert package in selection.versions
        return self.requires.get(package, ())


def counted(count: int) -> list[str]:
    """So many releases, ``1.0`` first."""
    return [f"{number}.0" for number in range(1, count + 1)]


def names_of(constraints: Sequence[str]) -> set[str]:
    return {package_of(one) for one in constraints}
