"""Ratings and models that the tests share."""

from __future__ import annotations

import pandas as pd
import pytest

from recommender.draw import draw_ratings
from recommender.model import Model
from recommender.train import train


@pytest.fixture(scope="session")
def ratings() -> pd.DataFrame:
    """What 80 customers said."""
    return draw_ratings(80, seed=1)


@pytest.fixture(scope="session")
def model(ratings: pd.DataFrame) -> Model:
    """What is learnt from it."""
    return train(ratings)
