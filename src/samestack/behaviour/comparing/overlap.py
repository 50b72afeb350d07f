"""How much boxes overlap: intersection over union, upright or turned."""

import numpy as np

from samestack.behaviour.recording.recording import Array


def upright_overlap(first: Array, second: Array) -> Array:
    """For each box of one table and each of another, their overlap; columns are left, top, right, bottom."""
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    common = np.prod(np.clip(high - low, 0, None), axis=2)
    return _over_union(common, _areas(first)[:, None] + _areas(second)[None, :])


def turned_overlap(first: Array, second: Array) -> Array:
    """The same of turned boxes, each given by its four corners: tables of 4 x 2."""
    overlap = np.zeros((len(first), len(second)))
    for row, column in np.argwhere(_can_meet(first, second)):
        one, other = _turning_left(first[row]), _turning_left(second[column])
        common = _area(_clipped(one, other))
        overlap[row, column] = _over_union(np.asarray(common), np.asarray(_area(one) + _area(other)))
    return overlap


def corners(boxes: Array, radians: Array) -> Array:
    """The corners of boxes that are given by centre, width and height, turned by an angle each."""
    signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) / 2
    x, y = np.moveaxis(signs * boxes[:, None, 2:4], 2, 0)
    cosine, sine = np.cos(radians)[:, None], np.sin(radians)[:, None]
    turned = np.stack([x * cosine - y * sine, x * sine + y * cosine], axis=2)
    corner: Array = boxes[:, None, :2] + turned
    return corner


def _over_union(common: Array, sum_of_areas: Array) -> Array:
    with np.errstate(all="ignore"):
        share = np.nan_to_num(common / (sum_of_areas - common), posinf=0.0)
    overlap: Array = np.clip(share, 0.0, 1.0)
    return overlap


def _areas(boxes: Array) -> Array:
    areas: Array = np.prod(np.clip(boxes[:, 2:] - boxes[:, :2], 0, None), axis=1)
    return areas


def _can_meet(first: Array, second: Array) -> Array:
    """Whether the upright boxes around them meet: clipping takes long and few pairs of many do."""
    low = np.maximum(first.min(axis=1)[:, None], second.min(axis=1)[None])
    high = np.minimum(first.max(axis=1)[:, None], second.max(axis=1)[None])
    meet: Array = (high > low).all(axis=2)
    return meet


def _turning_left(polygon: Array) -> Array:
    return polygon if _signed_area(polygon) >= 0 else polygon[::-1]


def _clipped(polygon: Array, window: Array) -> Array:
    """The part of a convex polygon inside of another (Sutherland and Hodgman)."""
    for start, end in zip(window, np.roll(window, -1, axis=0), strict=True):
        if not len(polygon):
            break
        polygon = _on_the_left(polygon, start, end)
    return polygon


def _on_the_left(polygon: Array, start: Array, end: Array) -> Array:
    (x, y), offsets = end - start, polygon - start
    sides = x * offsets[:, 1] - y * offsets[:, 0]
    kept = []
    for index, side in enumerate(sides):
        before = sides[index - 1]
        if side * before < 0:
            crossing = polygon[index - 1] + (polygon[index] - polygon[index - 1]) * before / (before - side)
            kept.append(crossing)
        if side >= 0:
            kept.append(polygon[index])
    return np.array(kept).reshape(-1, 2)


def _area(polygon: Array) -> float:
    return abs(_signed_area(polygon))


def _signed_area(polygon: Array) -> float:
    x, y = polygon[:, 0], polygon[:, 1]
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) / 2)
