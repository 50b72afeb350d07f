"""Tables are drawn the same every time, and what is not a table of ratings is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from recommender.draw import PRODUCTS, draw_ratings
from recommender.errors import InputError
from recommender.ratings import read_ratings, write_ratings


def test_the_same_seed_draws_the_same_ratings(ratings: pd.DataFrame) -> None:
    assert draw_ratings(80, seed=1).equals(ratings)
    assert not draw_ratings(80, seed=2).equals(ratings)


def test_customers_rate_about_a_third_of_the_products_from_1_to_5(ratings: pd.DataFrame) -> None:
    assert set(ratings["stars"]) == {1, 2, 3, 4, 5}
    assert 0.25 < len(ratings) / (80 * len(PRODUCTS)) < 0.35
    assert not ratings.duplicated(["customer", "product"]).any()


def test_a_table_is_read_back_as_it_was_written(ratings: pd.DataFrame, tmp_path: Path) -> None:
    write_ratings(ratings, tmp_path / "ratings.csv")
    assert read_ratings(tmp_path / "ratings.csv").equals(ratings)


def test_the_last_word_on_a_product_counts(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text("customer,product,stars\nanna,small lens,1\nanna,small lens,5\n")
    assert read_ratings(path)["stars"].tolist() == [5]


@pytest.mark.parametrize("line", ["anna,small lens,6", "anna,small lens,many", ",small lens,3", "anna,,3"])
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(f"customer,product,stars\nben,small lens,3\n{line}\n")
    with pytest.raises(InputError, match=r"ratings\.csv:3: "):
        read_ratings(path)


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "customer,product,stars\n", "\0\1\2"])
def test_another_file_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(content)
    with pytest.raises(InputError, match=r"ratings\.csv: ") as refused:
        read_ratings(path)
    assert "\n" not in str(refused.value)
