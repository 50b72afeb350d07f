"""Something to look at: no pixel is far off, and hardly any is off at all."""

import numpy as np

from samestack.behaviour.comparing.arrays import pixels
from samestack.behaviour.comparing.described import counted, figure, place, shape_of
from samestack.behaviour.comparing.judgement import Judgement, apart, judged
from samestack.behaviour.comparing.tolerances import PictureTolerance
from samestack.behaviour.recording.recording import Array, Value


def compare(reference: Value, answer: Value, tolerance: PictureTolerance) -> Judgement:
    """The distance is how many times as far off as is allowed the worst pixel is, or all are on average."""
    before, after = pixels(reference, "a picture"), pixels(answer, "a picture")
    if before.shape != after.shape or before.dtype != after.dtype:
        return apart(tolerance, f"{_form(before)} -> {_form(after)}")
    levels = np.abs(before.astype(np.float64) - after.astype(np.float64))
    if not levels.any():
        return judged(0, 0)
    full = float(np.iinfo(before.dtype).max)
    mean, worst = float(levels.mean()) / full, np.unravel_index(int(levels.argmax()), levels.shape)
    times = max(_times(float(levels[worst]), tolerance.levels), _times(mean, tolerance.mean))
    detail = (
        f"{figure(levels[worst])} levels off{place(worst)}, {figure(100 * mean)} % on average; "
        f"{counted(int((levels > 0).sum()), levels.size, 'values')} differ"
    )
    return judged(times, tolerance.allowed, detail)


def _form(picture: Array) -> str:
    return f"{shape_of(picture)} of {picture.dtype}"


def _times(amount: float, allowed: float) -> float:
    """How many times what is allowed; where nothing is, any amount is infinitely too much."""
    return amount / allowed if allowed else np.inf if amount else 0.0
