"""The day that pins tell: when the newest of the pinned releases was there, and what else there was then.

A project that pins some packages was put together not before the newest of these pins was released, and most
likely not long after. As of the day after it, all pins can be had, and whatever is not pinned is as it was
then: before it moved on. No pin is left out as an outlier, however new: without its release nothing that
asks for it could ever be met.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from msgspec import Struct

from samestack.solve.metadata import MetadataSource
from samestack.solve.problem import Wish
from samestack.solve.wanted import Wanted, is_same_version, wanted

_EXACT: Final = {"==", "==="}


class AsOf(Struct, frozen=True, kw_only=True):
    """The day, or none, and the reason in a sentence."""

    day: date | None
    reason: str


class _Pin(Struct, frozen=True, kw_only=True):
    text: str
    uploaded: datetime | None


def day_of_pins(wishes: Iterable[Wish], metadata: MetadataSource) -> AsOf:
    """The day after the newest pinned release; ``metadata`` must not itself be as of a day."""
    pins = [_pin(said, version, metadata) for said, version in _pinned(wishes)]
    if not pins:
        return AsOf(day=None, reason="no requirement is pinned to a release, so that none tells its age")
    dated = [(pin.uploaded, pin) for pin in pins if pin.uploaded is not None]
    if not dated:
        reason = "the index does not tell when the pinned releases were uploaded"
        return AsOf(day=None, reason=reason)
    uploaded, newest = max(dated, key=lambda pair: pair[0])
    day = uploaded.astimezone(UTC).date() + timedelta(days=1)
    return AsOf(day=day, reason=_reason(newest, day, len(pins), len(pins) - len(dated)))


def _reason(newest: _Pin, day: date, count: int, undated: int) -> str:
    released = day - timedelta(days=1)
    which = f"{newest.text} is the newest of {count} pinned releases" if count > 1 else newest.text
    verb = "and was" if count > 1 else "was"
    reason = f"{which} {verb} uploaded on {released.isoformat()}"
    return f"{reason}; of {undated} the index does not tell when" if undated else reason


def _pinned(wishes: Iterable[Wish]) -> Iterator[tuple[Wanted, str]]:
    for wish in wishes:
        said = None if wish.is_fixed else wanted(wish.text)
        for one in said.specifier if said is not None else ():
            if said is not None and one.operator in _EXACT and not one.version.endswith("*"):
                yield said, one.version


def _pin(said: Wanted, version: str, metadata: MetadataSource) -> _Pin:
    releases = metadata.releases(said.name)
    uploaded = next((one.uploaded for one in releases if is_same_version(one.version, version)), None)
    return _Pin(text=f"{said.name} {version}", uploaded=uploaded)
