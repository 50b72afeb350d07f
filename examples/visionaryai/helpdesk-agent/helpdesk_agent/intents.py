"""What a question is about: a small Keras network that averages the meanings of its words."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from .errors import InputError
from .knowledge import TOPICS
from .questions import Question

LONGEST = 32
"""Words of a question that are read."""
WORDS = 600
"""The most frequent ones; what is rarer is mostly a typing error."""
MEANING = 16
EPOCHS = 12


class Intents:
    """Says of a question which topic it is about."""

    def __init__(self, network: tf.keras.Model) -> None:
        self._network = network

    def topics(self, question: str) -> dict[str, float]:
        """The probability of each topic; together they make 1."""
        (scores,) = self._network(tf.constant([[question]]), training=False).numpy()
        return dict(zip(TOPICS, scores.tolist(), strict=True))

    def share_right(self, questions: Sequence[Question]) -> float:
        """The share of the questions whose topic is found."""
        scores = self._network(_texts(questions), training=False).numpy()
        return float(np.mean(scores.argmax(axis=1) == _classes(questions)))

    def save(self, path: Path) -> None:
        """Write the network, its vocabulary included, to ``path``, a ``.keras`` file."""
        self._network.save(path, save_format="keras_v3")


def load_intents(path: Path) -> Intents:
    """Read a network that ``Intents.save`` wrote. Raises ``InputError``."""
    if not path.is_file():
        raise InputError(f"{path}: no such file; make it with the command 'train'")
    if not zipfile.is_zipfile(path):  # Keras would try formats that can carry code
        raise InputError(f"{path}: not a network that the command 'train' wrote")
    try:
        network = tf.keras.models.load_model(path)
    except (OSError, KeyError, TypeError, ValueError, tf.errors.OpError, zipfile.BadZipFile) as error:
        raise InputError(f"{path}: not a network that the command 'train' wrote") from error
    if network.output_shape != (None, len(TOPICS)):
        raise InputError(f"{path}: made for other topics; train it again")
    return Intents(network)


def train(questions: Sequence[Question], seed: int) -> Intents:
    """A network that was trained on the questions; the same seed gives the same one on the same machine."""
    tf.keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    network = _network(_texts(questions))
    network.fit(_texts(questions), _classes(questions), epochs=EPOCHS, batch_size=32, verbose=0)
    bare = tf.keras.Model(network.inputs, network.outputs)  # without the optimizer, which is twice as large
    return Intents(bare)


def _network(texts: tf.Tensor) -> tf.keras.Model:
    layers = tf.keras.layers
    words = layers.TextVectorization(max_tokens=WORDS, output_sequence_length=LONGEST)
    words.adapt(texts)
    network = tf.keras.Sequential(
        [
            tf.keras.Input(shape=(1,), dtype=tf.string),
            words,
            layers.Embedding(words.vocabulary_size(), MEANING, mask_zero=True),
            layers.GlobalAveragePooling1D(),
            layers.Dropout(0.3),
            layers.Dense(len(TOPICS), activation="softmax"),
        ]
    )
    network.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy")
    return network


def _texts(questions: Sequence[Question]) -> tf.Tensor:
    return tf.constant([[question.text] for question in questions])


def _classes(questions: Sequence[Question]) -> NDArray[np.int64]:
    return np.array([TOPICS.index(question.topic) for question in questions])
