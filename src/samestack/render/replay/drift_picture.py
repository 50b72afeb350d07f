"""The drift of one field as a drawing: each number at what it was, as high as it moved.

Coordinates are those of an SVG drawing, in its user units, y downwards.
"""

from collections.abc import Sequence
from math import floor, isfinite, log10
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from samestack.behaviour.replaying.drift import Drift

WIDTH: Final = 560
HEIGHT: Final = 260
LEFT: Final = 72
"""Where the plot begins: room for the numbers of the upright axis."""
RIGHT: Final = 548
TOP: Final = 12
BOTTOM: Final = 214

_TICKS: Final = 6
_STEPS: Final = (1, 2, 5, 10)
_BAND_POINTS: Final = 16
_ROOM: Final = 0.08


class Tick(Struct, frozen=True):
    """A number on an axis, and where it stands."""

    place: float
    label: str


class Dot(Struct, frozen=True):
    """One number: where it stands, and what it is."""

    x: float
    y: float
    label: str
    is_allowed: bool


class DriftPicture(Struct, frozen=True, kw_only=True):
    """The drawing."""

    dots: tuple[Dot, ...]
    zero: float
    """The height of no change."""
    band: str
    """The outline of what is allowed, as SVG writes points; empty where the kind has no such measure."""
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


class _Axis(Struct, frozen=True):
    """From numbers to places; halves keep the widest span finite."""

    low: float
    high: float
    begin: float
    end: float

    def place(self, number: float) -> float:
        inside = min(max(number, self.low), self.high)
        share = (inside / 2 - self.low / 2) / ((self.high / 2 - self.low / 2) or 1.0)
        return round(self.begin + share * (self.end - self.begin), 1)


def drift_picture(drift: "Drift") -> DriftPicture:
    """Where everything stands."""
    across = _axis([point.before for point in drift.points], LEFT, RIGHT)
    up = _axis([0.0, *(point.change for point in drift.points)], BOTTOM, TOP)
    return DriftPicture(
        dots=tuple(
            Dot(
                across.place(one.before),
                up.place(one.change),
                f"{one.input}: {one.before:.6g}, moved by {one.change:+.3g}",
                abs(one.change) <= _allowed(drift, one.before),
            )
            for one in drift.points
        ),
        zero=up.place(0.0),
        band=_band(drift, across, up),
        across=_ticks(across),
        up=_ticks(up),
    )


def _axis(numbers: Sequence[float], begin: float, end: float) -> _Axis:
    low, high = min(numbers), max(numbers)
    room = (high / 2 - low / 2) * 2 * _ROOM if isfinite(high - low) else 0.0
    if low == high:
        room = abs(low) / 2 or 1.0
    wide = low - room, high + room
    return _Axis(*(wide if all(map(isfinite, wide)) else (low, high)), begin, end)


def _allowed(drift: "Drift", before: float) -> float:
    if drift.allowed is None:
        return 0.0
    rtol, atol = drift.allowed
    return atol + rtol * abs(before)


def _band(drift: "Drift", across: _Axis, up: _Axis) -> str:
    if drift.allowed is None:
        return ""
    steps = [one / _BAND_POINTS for one in range(_BAND_POINTS + 1)]
    numbers = [across.low * (1 - step) + across.high * step for step in steps]
    above = [(one, _allowed(drift, one)) for one in numbers]
    outline = [*above, *((one, -allowed) for one, allowed in reversed(above))]
    return " ".join(f"{across.place(one):g},{up.place(height):g}" for one, height in outline)


def _ticks(axis: _Axis) -> tuple[Tick, ...]:
    """Round numbers on an axis, about as many as it has room for."""
    span = axis.high - axis.low
    if not isfinite(span) or span <= 0:
        return ()
    rough = span / _TICKS
    power = 10.0 ** floor(log10(rough)) if rough > 0 else 0.0
    step = next((one * power for one in _STEPS if one * power >= rough), 0.0)
    if not step or not isfinite(step):
        return ()
    first = -floor(-axis.low / step)
    numbers = [(first + one) * step for one in range(2 * _TICKS)]
    return tuple(Tick(axis.place(one), _label(one, step)) for one in numbers if one <= axis.high)


def _label(number: float, step: float) -> str:
    """As many digits as tell one tick from the next."""
    if abs(number) < step / 2:
        return "0"
    digits = max(1, floor(log10(abs(number))) - floor(log10(step)) + 1)
    return f"{number:.{min(digits, 6)}g}"
