"""What to show to a customer: the products that they would give the most stars and have not rated yet."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple

import numpy as np
import pandas as pd

from .errors import UnknownCustomerError
from .model import Model, Numbers
from .ratings import MOST_STARS

DIGITS = 4


class Recommendation(NamedTuple):
    """A product and the stars that the customer is expected to give it."""

    product: str
    stars: float

    def as_json(self) -> Dict[str, Any]:
        """The recommendation as plain JSON values."""
        return {"product": self.product, "stars": round(self.stars, DIGITS)}


class Shop:
    """A model and the ratings that it was trained on."""

    def __init__(self, model: Model, ratings: pd.DataFrame) -> None:
        self._model = model
        self._rated = {name: set(products) for name, products in ratings.groupby("customer")["product"]}

    def recommend(self, customer: str, count: int) -> List[Recommendation]:
        """The best products for a customer; for a new one those that everybody likes best."""
        stars, rated = self._expected(customer), self._rated.get(customer, set())
        best = (int(index) for index in np.argsort(-stars, kind="stable"))
        unseen = [index for index in best if str(self._model.products[index]) not in rated]
        return [
            Recommendation(str(self._model.products[index]), min(float(stars[index]), MOST_STARS))
            for index in unseen[:count]
        ]

    def _expected(self, customer: str) -> Numbers:
        try:
            return self._model.expected_of(customer)
        except UnknownCustomerError:
            return self._model.mean + self._model.product_bias
