"""What a plate from the factory is: its holes, its surface, the light on it, and at most one mark.

A part is a plain value. ``invent`` makes one up from a random generator; ``draw.py`` turns it into a
picture. Lengths are pixels of the picture (640 x 480), with the origin at its top left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Tuple, Union

import numpy as np

from .arrays import Values

WIDTH, HEIGHT = 640, 480
VERDICTS = ("ok", "scratch", "dent", "missing-hole")

HOLE_CENTRES = tuple((x, y) for y in (85.0, 240.0, 395.0) for x in (95.0, 320.0, 545.0))
HOLE_RADIUS = 22.0
MARK_MARGIN = 50.0
"""How far a mark's start or centre keeps from the picture's edges and from the holes' centres."""

REJECTED_EXPOSURE = 0.6
"""A scratch that bares at least this share of the metal under it makes the part a bad one; a shallower
one has not gone through the coating and is a handling mark."""
REJECTED_DENT = 0.12
"""A dent whose slope changes the brightness by at least this share makes the part a bad one."""
REJECTED_HOLE = 0.5
"""A hole drilled less than this share of the way is missing."""

Point = Tuple[float, float]


@dataclass(frozen=True)
class Hole:
    """A drilled hole; ``depth`` is 1 when it goes through and 0 when it was not begun."""

    centre: Point
    radius: float
    depth: float = 1.0


@dataclass(frozen=True)
class Scratch:
    """A groove along a quadratic curve.

    ``exposure`` is the share of bare metal along its middle; ``shine`` is how much brighter the coating
    there has become, which the tool does without going through it.
    """

    start: Point
    bend: Point
    end: Point
    width: float
    exposure: float
    shine: float


@dataclass(frozen=True)
class Dent:
    """A hollow, dark on the side of the light and bright opposite; its coating is whole."""

    centre: Point
    radius: float
    depth: float


@dataclass(frozen=True)
class Surface:
    """What differs from plate to plate without being a defect.

    ``grain`` is the strength of the brushed texture, ``light`` the relative change of brightness from
    the middle of the picture to its right and its lower edge, and ``noise`` the standard deviation of
    the camera's sensor in grey levels.
    """

    brightness: float
    grain: float
    light: Point
    noise: float


@dataclass(frozen=True)
class Part:
    """One plate as it lies under the camera."""

    holes: Tuple[Hole, ...]
    surface: Surface
    mark: Union[Scratch, Dent, None] = None

    @property
    def truth(self) -> str:
        """The right verdict on this part: one of ``VERDICTS``."""
        if any(hole.depth < REJECTED_HOLE for hole in self.holes):
            return "missing-hole"
        if isinstance(self.mark, Scratch) and self.mark.exposure >= REJECTED_EXPOSURE:
            return "scratch"
        if isinstance(self.mark, Dent) and self.mark.depth >= REJECTED_DENT:
            return "dent"
        return "ok"


def invent(random: np.random.Generator) -> Part:
    """Make up a part: some are flawless, some carry a mark of any strength, some lack a hole."""
    part = Part(_holes(random), _surface(random))
    kind = random.choice(["flawless", "scratch", "dent", "hole"], p=[0.1, 0.4, 0.3, 0.2])
    if kind == "scratch":
        return replace(part, mark=_scratch(random))
    if kind == "dent":
        return replace(part, mark=_dent(random))
    if kind == "hole":
        return replace(part, holes=_with_shallow_hole(part.holes, random))
    return part


def _holes(random: np.random.Generator) -> Tuple[Hole, ...]:
    jitter = random.normal(0.0, 1.5, size=(len(HOLE_CENTRES), 2))
    return tuple(
        Hole((x + dx, y + dy), HOLE_RADIUS * random.uniform(0.94, 1.06))
        for (x, y), (dx, dy) in zip(HOLE_CENTRES, jitter)
    )


def _with_shallow_hole(holes: Tuple[Hole, ...], random: np.random.Generator) -> Tuple[Hole, ...]:
    chosen = int(random.integers(len(holes)))
    shallow = replace(holes[chosen], depth=random.uniform(0.0, 0.85))
    return (*holes[:chosen], shallow, *holes[chosen + 1 :])


def _surface(random: np.random.Generator) -> Surface:
    return Surface(
        brightness=random.uniform(0.85, 1.1),
        grain=random.uniform(0.02, 0.05),
        light=(random.uniform(-0.12, 0.12), random.uniform(-0.12, 0.12)),
        noise=random.uniform(2.0, 4.0),
    )


def _scratch(random: np.random.Generator) -> Scratch:
    start = _place(random)
    angle, length = random.uniform(0.0, 2 * np.pi), random.uniform(60.0, 200.0)
    along = np.array([np.cos(angle), np.sin(angle)])
    aside = np.array([-along[1], along[0]]) * random.normal(0.0, length * 0.08)
    return Scratch(
        start=_point(start),
        bend=_point(start + along * length / 2 + aside),
        end=_point(start + along * length),
        width=random.uniform(0.6, 1.3),
        exposure=random.uniform(0.3, 0.9),
        shine=random.uniform(0.0, 0.8),
    )


def _dent(random: np.random.Generator) -> Dent:
    return Dent(_point(_place(random)), random.uniform(7.0, 16.0), random.uniform(0.03, 0.35))


def _place(random: np.random.Generator) -> Values:
    """A random place on the plate that is clear of the holes and the edges."""
    while True:
        low, high = MARK_MARGIN, np.array([WIDTH, HEIGHT]) - MARK_MARGIN
        place = random.uniform(low, high)
        if np.hypot(*(np.array(HOLE_CENTRES) - place).T).min() > MARK_MARGIN:
            return place


def _point(values: Values) -> Point:
    return float(values[0]), float(values[1])
