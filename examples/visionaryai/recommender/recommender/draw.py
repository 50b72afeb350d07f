"""Draws what customers thought of products: tastes in a few things, and a temper of their own.

The stars stand for what a shop collects. That somebody has a taste for, say, small optics is not in the
table; it is what the factorisation has to find again.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .ratings import COLUMNS, LEAST_STARS, MOST_STARS

PRODUCTS = tuple(
    f"{size} {kind}"
    for kind in ("ring light", "bar light", "backlight", "lens", "camera", "filter", "housing", "trigger")
    for size in ("small", "flat", "bright", "robust", "fast")
)
TASTES = 3
AVERAGE, TEMPER, QUALITY, TASTE, MOOD = 3.4, 0.4, 0.35, 0.85, 0.5
"""The mean number of stars, and the standard deviations of what moves it: the customer, the product, how
well the two go together, and the day."""
SHARE_RATED = 0.3


def draw_ratings(customers: int, seed: int) -> pd.DataFrame:
    """The ratings of so many customers; the same seed draws the same ones."""
    random = np.random.default_rng(seed)
    shape = (customers, len(PRODUCTS))
    wanted = random.normal(size=(customers, TASTES)) @ random.normal(size=(TASTES, len(PRODUCTS)))
    liking = (
        AVERAGE
        + random.normal(0.0, TEMPER, size=(customers, 1))
        + random.normal(0.0, QUALITY, size=(1, len(PRODUCTS)))
        + wanted * TASTE / np.sqrt(TASTES)
        + random.normal(0.0, MOOD, size=shape)
    )
    stars = np.clip(np.rint(liking), LEAST_STARS, MOST_STARS).astype(int)
    rated = np.argwhere(random.random(shape) < SHARE_RATED)
    rows = [(f"factory-{row:03}", PRODUCTS[column], stars[row, column]) for row, column in rated]
    return pd.DataFrame(rows, columns=COLUMNS)
