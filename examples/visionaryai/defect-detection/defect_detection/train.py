"""Trains the model on pictures whose verdicts are known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from .arrays import Values
from .errors import InputError
from .features import Features, measure, to_vector
from .model import Model, Row
from .parts import VERDICTS
from .pictures import read_picture, read_truth


def train(folder: Path) -> Model:
    """The model for the pictures in ``folder``, which has a ``truth.json``. Raises ``InputError``."""
    truth = read_truth(folder)
    if set(truth.values()) != set(VERDICTS):
        raise InputError(f"{folder}: training needs pictures of every verdict: {', '.join(VERDICTS)}")
    vectors = np.array([to_vector(measure(read_picture(folder / name))) for name in truth])
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    pipeline.fit(vectors, list(truth.values()))
    scaler, regression = pipeline[0], pipeline[1]
    return Model(
        features=Features._fields,
        mean=_row(scaler.mean_),
        scale=_row(scaler.scale_),
        verdicts=tuple(str(verdict) for verdict in regression.classes_),
        weights=tuple(_row(weights) for weights in regression.coef_),
        intercepts=_row(regression.intercept_),
    )


def _row(values: Values) -> Row:
    return tuple(values.tolist())
