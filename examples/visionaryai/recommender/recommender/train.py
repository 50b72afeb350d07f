"""Trains the model: the rating table with its holes, as a product of two narrow matrices.

Soft-Impute (Mazumder, Hastie and Tibshirani, 2010): fill the holes with what is expected, take the leading
singular vectors, shrink the singular values, and repeat with what is expected now.
"""

from __future__ import annotations

from typing import Tuple

import numpy as np
import pandas as pd
from sklearn.decomposition import TruncatedSVD

from .model import Model, Numbers
from .ratings import to_matrix

TRAITS = 3
ROUNDS = 60
SHRINKAGE = 3.0
"""How much is taken off each singular value: what few ratings support is not believed."""
PRIOR = 5.0
"""As many average ratings are assumed of everybody and everything beside the real ones."""


def train(ratings: pd.DataFrame, seed: int = 0) -> Model:
    """The model of a rating table; the same seed gives the same model in the same environment."""
    table = to_matrix(ratings)
    stars = table.to_numpy()
    mean = np.nanmean(stars)
    product_bias = _bias(stars - mean)
    customer_bias = _bias((stars - mean - product_bias).T)
    tastes, traits = _factors(stars - mean - product_bias - customer_bias[:, None], seed)
    return Model(
        customers=table.index.to_numpy(dtype=str),
        products=table.columns.to_numpy(dtype=str),
        mean=np.array(mean),
        customer_bias=customer_bias,
        product_bias=product_bias,
        customer_tastes=tastes,
        product_traits=traits,
    )


def _bias(rest: Numbers) -> Numbers:
    """What each column is above the average, drawn towards it where there are few ratings."""
    counts = np.count_nonzero(~np.isnan(rest), axis=0)
    return np.nansum(rest, axis=0) / (counts + PRIOR)


def _factors(rest: Numbers, seed: int) -> Tuple[Numbers, Numbers]:
    """A row for each row and one for each column of ``rest``; their products are what it is near to."""
    traits = min(TRAITS, *(size - 1 for size in rest.shape))
    rows, columns = np.zeros((rest.shape[0], traits)), np.zeros((rest.shape[1], traits))
    for _ in range(ROUNDS if traits else 0):
        filled = np.where(np.isnan(rest), rows @ columns.T, rest)
        decomposition = TruncatedSVD(traits, random_state=seed)
        scaled = decomposition.fit_transform(filled)
        kept = np.maximum(0.0, 1.0 - SHRINKAGE / np.maximum(decomposition.singular_values_, 1e-12))
        rows, columns = scaled * kept, decomposition.components_.T
    return rows, columns
