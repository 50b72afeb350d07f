"""A figure for the quality of a whole batch: it reaches nearly all of the reference."""

import numpy as np

from samestack.behaviour.comparing.arrays import real_numbers
from samestack.behaviour.comparing.described import figure, place, scalar, shape_of
from samestack.behaviour.comparing.judgement import Judgement, apart, judged
from samestack.behaviour.comparing.tolerances import Better, MetricTolerance
from samestack.behaviour.recording.recording import Array, Value


def compare(reference: Value, answer: Value, tolerance: MetricTolerance) -> Judgement:
    """The distance is by how much it is off, as a share of the reference; where that is 0, in itself.

    What is better than the reference, if the project says which way that is, is no distance.
    """
    before, after = real_numbers(reference, "a figure"), real_numbers(answer, "a figure")
    if before.shape != after.shape:
        return apart(tolerance, f"{shape_of(before)} -> {shape_of(after)}")
    if not before.size:
        return judged(0, 0)
    shares = _off(before, after, tolerance.better)
    worst = np.unravel_index(int(shares.argmax()), shares.shape)
    share = float(shares[worst])
    detail = (
        f"{scalar(before[worst])} -> {scalar(after[worst])}{place(worst)}, off by {figure(100 * share)} %"
    )
    return judged(share, tolerance.allowed, detail)


def _off(before: Array, after: Array, better: Better) -> Array:
    with np.errstate(all="ignore"):
        gain = (after - before) / np.where(before == 0, 1.0, np.abs(before))
    loss = {Better.HIGHER: -gain, Better.LOWER: gain, Better.NEITHER: np.abs(gain)}[better]
    is_same = (before == after) | (np.isnan(before) & np.isnan(after))
    return np.where(is_same, 0.0, np.where(np.isnan(loss), np.inf, np.maximum(loss, 0.0)))
