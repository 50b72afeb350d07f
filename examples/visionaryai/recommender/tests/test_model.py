"""The factorisation finds tastes that it was not told of, and the model is kept as it was."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recommender.draw import draw_ratings
from recommender.errors import InputError
from recommender.model import Model, Numbers, load_model
from recommender.train import train


def error_on(ratings: pd.DataFrame, model: Model, stars: Numbers) -> float:
    """The root mean square error, in stars."""
    rows = pd.Index(model.customers).get_indexer(ratings["customer"])
    columns = pd.Index(model.products).get_indexer(ratings["product"])
    return float(np.sqrt(np.mean((stars[rows, columns] - ratings["stars"].to_numpy()) ** 2)))


def test_tastes_foretell_ratings_that_the_model_has_not_seen() -> None:
    everything = draw_ratings(200, seed=4)
    is_hidden = np.random.default_rng(0).random(len(everything)) < 0.2
    model = train(everything[~is_hidden])
    hidden = everything[is_hidden]
    without_tastes = model.expected() - model.customer_tastes @ model.product_traits.T
    assert error_on(hidden, model, model.expected()) < 0.85 * error_on(hidden, model, without_tastes)


def test_training_is_repeatable(ratings: pd.DataFrame, model: Model) -> None:
    assert np.array_equal(train(ratings).expected(), model.expected())


def test_one_rating_is_enough_to_train_on() -> None:
    model = train(pd.DataFrame({"customer": ["anna"], "product": ["small lens"], "stars": [4]}))
    assert model.expected().tolist() == [[4.0]]


def test_a_model_is_read_back_as_it_was(model: Model, tmp_path: Path) -> None:
    model.save(tmp_path / "model.npz")
    again = load_model(tmp_path / "model.npz")
    assert again.customers.tolist() == model.customers.tolist()
    assert np.array_equal(again.expected(), model.expected())


@pytest.mark.parametrize("content", [b"", b"[]", b"PK\x03\x04 cut off"])
def test_a_file_that_is_not_a_model_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"model\.npz: "):
        load_model(path)


def test_a_pickled_array_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    packed = io.BytesIO()
    np.savez(packed, customers=np.array([{"pickled": True}], dtype=object))
    path.write_bytes(packed.getvalue())
    with pytest.raises(InputError, match="not a model"):
        load_model(path)


def test_arrays_that_do_not_belong_together_are_refused(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    Model(**{**vars(model), "product_bias": model.product_bias[1:]}).save(path)
    with pytest.raises(InputError, match="do not belong together"):
        load_model(path)
