"""What an index tells of the past: when releases were uploaded, and what there was on a day."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, timedelta

from msgspec import Struct
from packaging.version import Version

from samestack.solve.as_of import day_of_pins
from samestack.solve.metadata import MetadataSource, Release
from samestack.solve.problem import Wish
from samestack.solve.wanted import is_early, is_same_version
from samestack.verify.search.constraint_text import is_older
from samestack.verify.search.world import Failure, Past, Selection


class History(Struct, frozen=True, kw_only=True):
    """An index, what is asked of it, and the day that nothing of later counts; today where that is open."""

    metadata: MetadataSource
    wishes: tuple[Wish, ...]
    last_day: date | None = None

    def days(self, failures: Sequence[Failure], selection: Selection) -> Iterator[tuple[str, Past]]:
        """The day of the pins, then those on which the failing packages were new, with their names.

        A package was tried by those who made it with what there was on its day.
        """
        told = day_of_pins(self.wishes, self.metadata)
        if told.day is not None and self._counts(told.day):
            yield "", Past(day=told.day, why=told.reason)
        versions = selection.versions
        for name in dict.fromkeys(one.package for one in failures):
            day = self._day_after(name, versions[name])
            if day is not None and self._counts(day):
                why = f"{name} {versions[name]} was uploaded on {day - timedelta(days=1)}"
                yield name, Past(day=day, why=why)

    def newest_before(self, package: str, day: date) -> str | None:
        """The newest release that could be chosen on a day."""
        there = [
            one.version
            for one in self._usable(package)
            if one.uploaded is not None and one.uploaded.astimezone(UTC).date() < day
        ]
        return there[-1] if there else None

    def between(self, package: str, after: str, until: str) -> tuple[str, ...]:
        """What can be chosen after one release and up to another, the oldest first."""
        return tuple(
            one.version
            for one in self._usable(package)
            if is_older(after, one.version) and Version(one.version) <= Version(until)
        )

    def _usable(self, package: str) -> list[Release]:
        return [
            one
            for one in self.metadata.releases(package)
            if one.refusal is None and not one.is_yanked and not is_early(one.version)
        ]

    def _day_after(self, package: str, version: str) -> date | None:
        found = (one for one in self.metadata.releases(package) if is_same_version(one.version, version))
        uploaded = next((one.uploaded for one in found), None)
        return None if uploaded is None else uploaded.astimezone(UTC).date() + timedelta(days=1)

    def _counts(self, day: date) -> bool:
        return self.last_day is None or day < self.last_day
