"""Pictures side by side: before, after, and where they differ."""

import io
from typing import Any, Final

import numpy as np
from msgspec import Struct

from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.recording.pictures import picture_bytes
from samestack.behaviour.recording.recording import Array, Picture, Value
from samestack.behaviour.replaying.replayed import Difference, Replayed
from samestack.libraries import library

MOST_PICTURES: Final = 12
LARGEST_SIDE: Final = 320
"""Pixels: a larger picture is made smaller; a small one is left to the browser."""

_SEEN: Final = frozenset({Kind.PICTURE, Kind.MASK})
_FULL: Final = 255
_MOST_CHANNELS: Final = 4


class Sight(Struct, frozen=True, kw_only=True):
    """One picture as PNG files, and the size of each."""

    input: str
    field: str
    before: bytes
    after: bytes
    difference: bytes | None
    """``None`` where the two have not one shape."""
    detail: str
    size: str
    """Width x height, before and after where they differ."""


def sights_of(replayed: Replayed) -> tuple[Sight, ...]:
    """The pictures that changed most, of each field."""
    found = (sight for one in replayed.differences if (sight := _sight(one)) is not None)
    return tuple(sight for sight, _ in zip(found, range(MOST_PICTURES), strict=False))


def _sight(difference: Difference) -> Sight | None:
    if difference.kind not in _SEEN or difference.input is None:
        return None
    before, after = (_pixels(value) for value in (difference.before, difference.after))
    if before is None or after is None:
        return None
    sizes = list(dict.fromkeys(f"{pixels.shape[1]} x {pixels.shape[0]}" for pixels in (before, after)))
    is_mask = difference.kind is Kind.MASK
    return Sight(
        input=difference.input,
        field=difference.field,
        before=_png(_spread(before) if is_mask else before),
        after=_png(_spread(after) if is_mask else after),
        difference=_png(_difference(before, after)) if before.shape == after.shape else None,
        detail=difference.judgement.detail,
        size=" -> ".join(sizes),
    )


def _pixels(value: Value) -> Array | None:
    """The pixels in 8 bits: those of a picture, or of an array that looks like one."""
    pixels: Any = value.pixels if isinstance(value, Picture) else value
    if getattr(pixels, "ndim", 0) not in {2, 3} or not pixels.size or pixels.dtype.kind not in "biu":
        return None
    if pixels.ndim == 3 and pixels.shape[2] > _MOST_CHANNELS:
        return None
    plane = pixels[:, :, 0] if pixels.ndim == 3 and pixels.shape[2] == 1 else pixels
    if plane.dtype.kind == "b":
        return np.asarray(plane, dtype=np.uint8) * np.uint8(_FULL)
    return _in_bytes(plane)


def _in_bytes(pixels: Array) -> Array:
    if pixels.dtype == np.uint8:
        return np.asarray(pixels)
    if pixels.dtype == np.uint16:
        return np.asarray((pixels >> 8).astype(np.uint8))
    return np.asarray(pixels.clip(0, _FULL).astype(np.uint8))


def _spread(mask: Array) -> Array:
    """The classes of a mask as grey levels that can be told apart."""
    if mask.ndim == 3:
        return mask
    names, places = np.unique(mask, return_inverse=True)
    steps = max(len(names) - 1, 1)
    return np.asarray((places.reshape(mask.shape) * _FULL // steps).astype(np.uint8))


def _difference(before: Array, after: Array) -> Array:
    """The largest difference of each pixel's values, so that the largest of all is white."""
    levels = np.abs(before.astype(np.int16) - after.astype(np.int16))
    plane = levels.max(axis=2) if levels.ndim == 3 else levels
    return np.asarray((plane.astype(np.int64) * _FULL // max(int(plane.max()), 1)).astype(np.uint8))


def _png(pixels: Array) -> bytes:
    data = picture_bytes(Picture(np.ascontiguousarray(pixels)))
    height, width = pixels.shape[:2]
    if max(height, width) <= LARGEST_SIDE:
        return data
    pillow, file = library("PIL.Image", "showing pictures"), io.BytesIO()
    with pillow.open(io.BytesIO(data)) as image:
        image.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
        image.save(file, format="PNG", optimize=True)
    return file.getvalue()
