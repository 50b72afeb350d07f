"""Draws parts as the factory's camera sees them, and writes the pictures with the truth about them."""

from __future__ import annotations

from pathlib import Path
from typing import Tuple

import numpy as np
from PIL import Image

from .arrays import Picture, Values
from .parts import HEIGHT, WIDTH, Dent, Hole, Part, Point, Scratch, Surface, invent
from .pictures import write_truth

COATING = np.array([62.0, 92.0, 158.0])
METAL = np.array([212.0, 208.0, 200.0])
HOLE_BRIGHTNESS = 0.15
LIGHT_FROM = (-0.6, -0.8)
GRAIN_LENGTH = 32
JPEG_QUALITY = 88

Window = Tuple[slice, slice]


def draw_parts(folder: Path, count: int, seed: int) -> None:
    """Write ``count`` pictures, ``part-000.jpg`` onwards, and ``truth.json`` into ``folder``.

    Part number i depends on the seed and on i alone: a longer series starts like a shorter one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    truth = {}
    for number in range(count):
        random = np.random.default_rng([seed, number])
        part = invent(random)
        name = f"part-{number:03d}.jpg"
        Image.fromarray(draw(part, random)).save(folder / name, quality=JPEG_QUALITY)
        truth[name] = part.truth
    write_truth(folder, truth)


def draw(part: Part, random: np.random.Generator) -> Picture:
    """The picture of ``part``: ``random`` gives texture and noise."""
    brightness = _brushed_texture(part.surface, random) * _light(part.surface)
    bare = np.zeros((HEIGHT, WIDTH))
    if isinstance(part.mark, Scratch):
        _scratch(brightness, bare, part.mark, random)
    if isinstance(part.mark, Dent):
        _dent(brightness, part.mark)
    for hole in part.holes:
        _drill(brightness, bare, hole)
    colour = COATING + bare[:, :, None] * (METAL - COATING)
    picture = colour * brightness[:, :, None]
    picture += random.normal(0.0, part.surface.noise, size=picture.shape)
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def _brushed_texture(surface: Surface, random: np.random.Generator) -> Values:
    """Horizontal streaks: brightness that changes from row to row and slowly along each row."""
    knots = random.normal(0.0, 1.0, size=(HEIGHT, WIDTH // GRAIN_LENGTH + 2))
    position = np.arange(WIDTH) / GRAIN_LENGTH
    left = position.astype(int)
    share = position - left
    streaks = knots[:, left] * (1.0 - share) + knots[:, left + 1] * share
    return surface.brightness * (1.0 + surface.grain * streaks)


def _light(surface: Surface) -> Values:
    across = np.linspace(-1.0, 1.0, WIDTH) * surface.light[0]
    down = np.linspace(-1.0, 1.0, HEIGHT) * surface.light[1]
    return 1.0 + across[None, :] + down[:, None]


def _scratch(brightness: Values, bare: Values, scratch: Scratch, random: np.random.Generator) -> None:
    """Polish the coating along the scratch and bare the metal; the tool's pressure varies on the way."""
    start, bend, end = (np.array(point) for point in (scratch.start, scratch.bend, scratch.end))
    way = np.linspace(0.0, 1.0, 24)[:, None]
    curve = (1 - way) ** 2 * start + 2 * way * (1 - way) * bend + way**2 * end
    pressure = np.sin(np.pi * way[:, 0]) ** 0.4 * random.uniform(0.75, 1.0, size=len(curve))
    window, x, y = _window((scratch.start, scratch.bend, scratch.end), margin=8.0)
    groove = np.zeros_like(x)
    for a, b, strength in zip(curve, curve[1:], pressure):
        profile = np.exp(-((_distance(x, y, a, b) / scratch.width) ** 2))
        groove = np.maximum(groove, strength * profile)
    bare[window] = scratch.exposure * groove
    brightness[window] *= 1.0 + scratch.shine * (1.0 - bare[window]) * groove


def _distance(x: Values, y: Values, a: Values, b: Values) -> Values:
    """The distance of each pixel from the segment between a and b."""
    step = b - a
    share = np.clip(((x - a[0]) * step[0] + (y - a[1]) * step[1]) / (step @ step), 0.0, 1.0)
    return np.hypot(x - a[0] - share * step[0], y - a[1] - share * step[1])


def _dent(brightness: Values, dent: Dent) -> None:
    window, x, y = _window((dent.centre,), margin=4 * dent.radius)
    right, down = (x - dent.centre[0]) / dent.radius, (y - dent.centre[1]) / dent.radius
    slope = (right * LIGHT_FROM[0] + down * LIGHT_FROM[1]) * np.exp(0.5 - (right**2 + down**2) / 2)
    brightness[window] *= 1.0 - dent.depth * slope


def _drill(brightness: Values, bare: Values, hole: Hole) -> None:
    """The deeper the hole, the darker; its chamfered rim is bare metal."""
    window, x, y = _window((hole.centre,), margin=hole.radius + 8.0)
    distance = np.hypot(x - hole.centre[0], y - hole.centre[1])
    inside = np.clip(hole.radius - distance + 0.5, 0.0, 1.0)
    brightness[window] *= 1.0 - inside * hole.depth * (1.0 - HOLE_BRIGHTNESS)
    rim = hole.depth * np.exp(-(((distance - hole.radius - 1.5) / 1.2) ** 2))
    bare[window] = np.maximum(bare[window], 0.7 * rim)


def _window(points: Tuple[Point, ...], margin: float) -> Tuple[Window, Values, Values]:
    """The rectangle around ``points``, cut at the picture's edges, and its pixels' x and y."""
    xs, ys = zip(*points)
    columns = slice(max(0, int(min(xs) - margin)), min(WIDTH, int(max(xs) + margin) + 1))
    rows = slice(max(0, int(min(ys) - margin)), min(HEIGHT, int(max(ys) + margin) + 1))
    y, x = np.mgrid[rows, columns].astype(float)
    return (rows, columns), x, y
