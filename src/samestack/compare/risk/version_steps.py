"""How far apart two versions are, by their form alone."""

from enum import StrEnum
from itertools import zip_longest

from msgspec import Struct
from packaging.version import Version


class StepKind(StrEnum):
    """How far a step goes, the smallest first."""

    REBUILD = "rebuild"
    """One version with another local label or post-release: ``2.1.0+cpu`` and ``2.1.0+cu118``."""
    BUG_FIX = "bug-fix"
    MINOR = "minor"
    INITIAL = "initial"
    """A step among versions before 1.0, which promise nothing (semver.org, item 4)."""
    MAJOR = "major"
    CALENDAR = "calendar"
    """Versions by date: their numbers say when, not how much."""
    PRE_RELEASE = "pre-release"
    """A pre-release or a development version on one side."""
    UNREADABLE = "unreadable"
    """A version that the version specifiers specification of PyPA does not know."""


class VersionStep(Struct, frozen=True):
    """How far a step goes, and whether it goes back."""

    kind: StepKind
    is_downgrade: bool = False


def version_step(before: str, after: str) -> VersionStep:
    """The step between two different versions."""
    try:
        old, new = Version(before), Version(after)
    except ValueError:  # not a version, or one with a number beyond the interpreter's limit
        return VersionStep(StepKind.UNREADABLE)
    return VersionStep(_kind(old, new), is_downgrade=new < old)


def is_relabelled(before: str, after: str) -> bool:
    """Whether two texts name one release, with another local label or written otherwise."""
    try:
        return Version(Version(before).public) == Version(Version(after).public)
    except ValueError:
        return before == after


def _kind(old: Version, new: Version) -> StepKind:
    if old.is_prerelease or new.is_prerelease:
        return StepKind.PRE_RELEASE
    if old.base_version == new.base_version or old == new:
        return StepKind.REBUILD
    if _is_date(old) and _is_date(new):
        return StepKind.CALENDAR
    if old.epoch != new.epoch:
        return StepKind.MAJOR
    return _kind_of_place(_first_difference(old, new), is_initial=old.major == new.major == 0)


def _kind_of_place(place: int, *, is_initial: bool) -> StepKind:
    if place == 0:
        return StepKind.MAJOR
    if place == 1:
        return StepKind.INITIAL if is_initial else StepKind.MINOR
    return StepKind.BUG_FIX


def _first_difference(old: Version, new: Version) -> int:
    pairs = zip_longest(old.release, new.release, fillvalue=0)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), len(old.release))


def _is_date(version: Version) -> bool:
    return 1990 <= version.major <= 2100
