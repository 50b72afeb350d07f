"""Tests and distances of two samples, by scipy: half a second to import, which only these pay."""

import warnings
from typing import Final

import numpy as np

from samestack.behaviour.recording.recording import Array

_LEAST_SPREAD: Final = 0.001
"""The least standard deviation that a distance is measured in, as evidently has it."""


def kolmogorov_smirnov(before: Array, after: Array) -> tuple[float, float]:
    """The largest difference between the two shares below any value, and its probability by chance."""
    from scipy.stats import ks_2samp

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # it says when it falls back on the asymptotic way
        result = ks_2samp(before, after)
    return float(result.statistic), float(result.pvalue)


def wasserstein(before: Array, after: Array) -> float:
    """How far answers have to be moved on average, in standard deviations of the reference."""
    from scipy.stats import wasserstein_distance

    return float(wasserstein_distance(before, after)) / max(float(before.std()), _LEAST_SPREAD)


def chi_squared(counts: Array) -> float:
    """The probability of two rows of counts by chance, if they are of one distribution."""
    from scipy.stats import chi2_contingency

    return float(chi2_contingency(counts).pvalue)


def jensen_shannon(counts: Array) -> float:
    """How far two rows of counts are apart as shares: 0 for the same, 1 for nothing in common."""
    from scipy.spatial.distance import jensenshannon

    return float(np.nan_to_num(jensenshannon(counts[0], counts[1], base=2)))
