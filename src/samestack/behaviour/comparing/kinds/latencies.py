"""How long something took: longer by a test, and by enough to matter."""

import numpy as np

from samestack.behaviour.comparing.arrays import real_numbers
from samestack.behaviour.comparing.described import figure
from samestack.behaviour.comparing.judgement import Judgement, judged
from samestack.behaviour.comparing.tolerances import LatencyTolerance
from samestack.behaviour.recording.recording import Array, Value


def compare(reference: Value, answer: Value, tolerance: LatencyTolerance) -> Judgement:
    """The distance is the ratio of the medians - 1, if the times are longer by more than chance; else 0.

    Both hold the times of all inputs. Faster is no distance. Too few times prove nothing.
    """
    before, after = _times(reference), _times(answer)
    if not before.size or not after.size:
        return judged(0, 0)
    ratio = _ratio(float(np.median(before)), float(np.median(after)))
    chance = _by_chance(before, after)
    is_longer = chance < tolerance.p and ratio > 1
    detail = f"the median takes {figure(ratio)} times as long (p = {figure(chance)})"
    return judged(ratio - 1 if is_longer else 0.0, tolerance.allowed, detail)


def _times(value: Value) -> Array:
    array = real_numbers(value, "times").ravel()
    return array[np.isfinite(array)]


def _ratio(before: float, after: float) -> float:
    return after / before if before > 0 else np.inf if after > 0 else 1.0


def _by_chance(before: Array, after: Array) -> float:
    """The probability that times are longer by so much by chance (Mann and Whitney, one-sided)."""
    from scipy.stats import mannwhitneyu  # half a second, which only this pays

    return float(mannwhitneyu(after, before, alternative="greater").pvalue)
