"""What is recommended is new to the customer, best first, and also there for those who are new themselves."""

from __future__ import annotations

import pandas as pd
import pytest

from recommender.draw import PRODUCTS
from recommender.model import Model
from recommender.recommend import Shop


@pytest.fixture(scope="module")
def shop(model: Model, ratings: pd.DataFrame) -> Shop:
    return Shop(model, ratings)


def test_nothing_is_recommended_that_the_customer_has_rated(shop: Shop, ratings: pd.DataFrame) -> None:
    rated = set(ratings.loc[ratings["customer"] == "factory-007", "product"])
    recommended = {one.product for one in shop.recommend("factory-007", len(PRODUCTS))}
    assert recommended == set(PRODUCTS) - rated


def test_the_best_comes_first(shop: Shop) -> None:
    stars = [one.stars for one in shop.recommend("factory-007", 10)]
    assert len(stars) == 10
    assert stars == sorted(stars, reverse=True)
    assert stars[0] <= 5


def test_customers_are_recommended_different_things(shop: Shop) -> None:
    first = {shop.recommend(f"factory-{number:03}", 1)[0].product for number in range(40)}
    assert len(first) > 5


def test_a_new_customer_sees_what_everybody_likes(shop: Shop, ratings: pd.DataFrame) -> None:
    by_product = ratings.groupby("product")["stars"].mean().rank(ascending=False)
    assert all(by_product[one.product] <= 8 for one in shop.recommend("factory-999", 3))
