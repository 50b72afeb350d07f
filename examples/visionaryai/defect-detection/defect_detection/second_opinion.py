"""A second opinion: a small neural network weighs the same measurements. Needs TensorFlow."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Iterable

import numpy as np

from .arrays import Values
from .errors import InputError
from .features import measure, to_vector
from .parts import VERDICTS
from .pictures import list_pictures, read_picture, read_truth

try:
    import tensorflow as tf
except ImportError as error:
    raise InputError(f"the second opinion needs TensorFlow, which cannot be imported: {error}") from error

EPOCHS = 60
DIGITS = 4


def give_second_opinion(training: Path, folder: Path, seed: int) -> Dict[str, Dict[str, Any]]:
    """Train on the pictures in ``training`` and judge those in ``folder``: verdict and scores by file name.

    The same seed gives the same answer on the same machine with the same libraries.
    """
    tf.keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    truth = read_truth(training)
    known = _vectors(training / name for name in truth)
    classes = np.array([VERDICTS.index(verdict) for verdict in truth.values()])
    network = _network(known)
    network.fit(known, classes, epochs=EPOCHS, batch_size=16, verbose=0)
    pictures = list_pictures(folder)
    scores = network.predict(_vectors(pictures), verbose=0)
    return {picture.name: _opinion(row) for picture, row in zip(pictures, scores)}


def _network(known: Values) -> tf.keras.Model:
    """Two layers on standardised measurements; ``known`` gives their means and standard deviations."""
    layers = tf.keras.layers
    standardise = layers.Normalization()
    standardise.adapt(known)
    network = tf.keras.Sequential(
        [standardise, layers.Dense(16, activation="relu"), layers.Dense(len(VERDICTS), activation="softmax")]
    )
    network.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy")
    return network


def _vectors(pictures: Iterable[Path]) -> Values:
    """What was measured on the pictures, shape (pictures, 6)."""
    return np.array([to_vector(measure(read_picture(picture))) for picture in pictures])


def _opinion(scores: Values) -> Dict[str, Any]:
    return {
        "verdict": VERDICTS[int(scores.argmax())],
        "scores": {verdict: round(float(score), DIGITS) for verdict, score in zip(VERDICTS, scores)},
    }
