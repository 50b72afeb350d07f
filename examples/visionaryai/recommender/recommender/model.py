"""What training has learnt, kept as plain arrays that any version of any library can read."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .errors import InputError, UnknownCustomerError

Numbers = NDArray[np.float64]
Names = NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Model:
    """A customer's stars for a product: mean, plus what each tends to give or get, plus how they go together.

    ``customer_tastes`` has a row a customer, ``product_traits`` a row a product; the product of two rows says
    how well the two go together.
    """

    customers: Names
    products: Names
    mean: Numbers
    customer_bias: Numbers
    product_bias: Numbers
    customer_tastes: Numbers
    product_traits: Numbers

    def expected(self) -> Numbers:
        """The expected stars, a row a customer and a column a product."""
        return self.mean + self.customer_bias[:, None] + self.product_bias + self._affinity()

    def expected_of(self, customer: str) -> Numbers:
        """The expected stars of one customer for each product. Raises ``UnknownCustomerError``."""
        rows = np.flatnonzero(self.customers == customer)
        if not len(rows):
            raise UnknownCustomerError(f"{customer}: has rated nothing that the model was trained on")
        return self.expected()[rows[0]]

    def save(self, path: Path) -> None:
        """Write the model to ``path``, an ``.npz`` file."""
        with path.open("wb") as file:
            np.savez_compressed(file, **{field.name: getattr(self, field.name) for field in fields(self)})

    def _affinity(self) -> Numbers:
        return self.customer_tastes @ self.product_traits.T


def load_model(path: Path) -> Model:
    """Read a model that ``Model.save`` wrote; nothing in the file is run. Raises ``InputError``."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            model = Model(**{field.name: arrays[field.name] for field in fields(Model)})
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (AttributeError, EOFError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise InputError(f"{path}: not a model that the command 'train' wrote: {error}") from error
    if not _fits(model):
        raise InputError(f"{path}: the arrays in it do not belong together; train it again")
    return model


def _fits(model: Model) -> bool:
    customers, products = model.customers.shape, model.products.shape
    traits = model.product_traits.shape[-1:]
    return (
        model.mean.shape == ()
        and model.customer_bias.shape == customers
        and model.product_bias.shape == products
        and model.customer_tastes.shape == customers + traits
        and model.product_traits.shape == products + traits
    )
