"""What to write down so that a culprit does not come back: the widest constraint that holds it back."""

from collections.abc import Iterator

from packaging.version import InvalidVersion, Version

from samestack.behaviour.bisecting.within import Within
from samestack.model.change import Change


def pin_text(change: Change, found: Within | None) -> str:
    """The constraint that keeps a package where it answers well; empty where none can.

    What came new is kept away by no constraint, and what is gone has to be asked for.
    """
    before, after = change.before, change.after
    if before is None or not before.version or before.source:
        return ""
    if after is None or not after.version:
        return f"{change.name}=={_public(before.version)}"
    good, bad = before.version, after.version
    if found is not None:
        good, bad = found.last_good, next(iter((*found.untold, found.first_bad)))
    return f"{change.name}{_bound(good, bad)}"


def _bound(good: str, bad: str) -> str:
    """``<9`` for 8.4.0 and 9.0.0, ``>=9.1.0`` for 9.1.0 and 9.0.1."""
    try:
        is_upgrade = Version(good) < Version(bad)
    except InvalidVersion:
        return f"=={good}"
    if not is_upgrade:
        return f">={_public(good)}"
    return f"<{next(_shorter(good, bad), _public(bad))}"


def _shorter(good: str, bad: str) -> Iterator[str]:
    """Bounds between the two with fewer numbers, the shortest first."""
    parts = _public(bad).split(".")
    for count in range(1, len(parts)):
        text = ".".join(parts[:count])
        if text.isascii() and text.replace(".", "").isdecimal() and Version(good) < Version(text):
            yield text


def _public(version: str) -> str:
    """Without the part that names a build: specifiers that order releases do not take it."""
    return version.partition("+")[0]
