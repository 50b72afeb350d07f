"""The rating table: who gave which product how many stars. A CSV file with one line a rating."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from .errors import InputError

COLUMNS = ["customer", "product", "stars"]
LEAST_STARS, MOST_STARS = 1, 5


def read_ratings(path: Path) -> pd.DataFrame:
    """The ratings in a file, a customer's last word on each product. Raises ``InputError``."""
    try:
        ratings = pd.read_csv(path, dtype={"customer": str, "product": str})
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as a rating table: {_first_line(error)}") from error
    if list(ratings.columns) != COLUMNS or ratings.empty:
        raise InputError(f"{path}: expected lines below the heading {','.join(COLUMNS)}")
    wrong = ~_are_stars(ratings["stars"]) | ratings[["customer", "product"]].isna().any(axis="columns")
    if wrong.any():
        line = int(np.flatnonzero(wrong)[0]) + 2
        raise InputError(f"{path}:{line}: expected a customer, a product and 1 to 5 stars")
    return ratings.drop_duplicates(["customer", "product"], keep="last")


def write_ratings(ratings: pd.DataFrame, path: Path) -> None:
    """Write a rating table."""
    ratings.to_csv(path, columns=COLUMNS, index=False)


def to_matrix(ratings: pd.DataFrame) -> pd.DataFrame:
    """A row a customer, a column a product, both by name; NaN where there is no rating."""
    return ratings.pivot(index="customer", columns="product", values="stars").astype(float)


def _are_stars(stars: pd.Series) -> pd.Series:
    return pd.to_numeric(stars, errors="coerce").between(LEAST_STARS, MOST_STARS)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
