"""A third opinion: a small convolutional network looks at the mark itself. Needs TensorFlow.

Unlike the second opinion it knows no measurement of the mark, so it cannot be misled by one. Its weights are
trained once and kept in ``looks.h5``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Tuple

import numpy as np

from .arrays import Picture, Values
from .close_up import SIZE, CloseUp, close_up
from .errors import InputError
from .parts import HOLE_CENTRES, VERDICTS
from .pictures import list_pictures, read_picture, read_truth

try:
    import tensorflow as tf
except ImportError as error:
    raise InputError(f"the third opinion needs TensorFlow, which cannot be imported: {error}") from error

MARKS = ("ok", "scratch", "dent")
"""What a mark can be; a missing hole is counted, not looked at."""
EPOCHS = 20
DIGITS = 4


def train_looks(folder: Path, seed: int) -> tf.keras.Model:
    """A network for the marks on the pictures in ``folder``, which has a ``truth.json``.

    The same seed gives the same network on the same machine with the same libraries.
    """
    tf.keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    marks, classes = _turned(*_known_marks(folder))
    network = _network()
    network.compile(optimizer=tf.keras.optimizers.Adam(0.002), loss="sparse_categorical_crossentropy")
    network.fit(marks, classes, epochs=EPOCHS, batch_size=32, verbose=0)
    return network


def save_looks(network: tf.keras.Model, path: Path) -> None:
    """Write the weights to ``path``, an ``.h5`` file."""
    network.save_weights(path)


def load_looks(path: Path) -> tf.keras.Model:
    """The network with the weights that ``save_looks`` wrote. Raises ``InputError``."""
    if not path.is_file():
        raise InputError(f"{path}: no such file; make it with the command 'train-looks'")
    network = _network()
    try:
        network.load_weights(path)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: not the weights that the command 'train-looks' wrote") from error
    return network


def give_third_opinion(network: tf.keras.Model, folder: Path) -> Dict[str, Dict[str, Any]]:
    """Judge the pictures in ``folder``: verdict and scores by file name."""
    pictures = list_pictures(folder)
    looked = [close_up(read_picture(picture)) for picture in pictures]
    return {picture.name: _opinion(_scores(network, seen)) for picture, seen in zip(pictures, looked)}


def _network() -> tf.keras.Model:
    layers = tf.keras.layers
    return tf.keras.Sequential(
        [
            tf.keras.Input(shape=(SIZE, SIZE, 3)),
            layers.Rescaling(1 / 127.5, offset=-1.0),
            layers.Conv2D(12, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(24, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(24, 3, activation="relu"),
            layers.GlobalMaxPooling2D(),
            layers.Dropout(0.2),
            layers.Dense(len(MARKS), activation="softmax"),
        ]
    )


def _known_marks(folder: Path) -> Tuple[Values, Values]:
    """The marks on pictures without a missing hole, and what each is."""
    truth = {name: verdict for name, verdict in read_truth(folder).items() if verdict in MARKS}
    seen = [(close_up(read_picture(folder / name)).mark, verdict) for name, verdict in truth.items()]
    known: List[Tuple[Picture, str]] = [(mark, verdict) for mark, verdict in seen if mark is not None]
    if {verdict for _, verdict in known} != set(MARKS):
        raise InputError(f"{folder}: training needs pictures of every mark: {', '.join(MARKS)}")
    return np.stack([mark for mark, _ in known]), np.array([MARKS.index(verdict) for _, verdict in known])


def _turned(marks: Values, classes: Values) -> Tuple[Values, Values]:
    """Every mark also as its mirror images: a camera could hang the other way round."""
    images = [marks, marks[:, ::-1], marks[:, :, ::-1], marks[:, ::-1, ::-1]]
    return np.concatenate(images).astype(np.float32), np.tile(classes, len(images))


def _scores(network: tf.keras.Model, seen: CloseUp) -> Dict[str, float]:
    scores = dict.fromkeys(VERDICTS, 0.0)
    if seen.holes < len(HOLE_CENTRES):
        scores["missing-hole"] = 1.0
    elif seen.mark is None:
        scores["ok"] = 1.0
    else:
        (row,) = network(seen.mark[np.newaxis].astype(np.float32), training=False).numpy()
        scores.update(zip(MARKS, row.tolist()))
    return scores


def _opinion(scores: Dict[str, float]) -> Dict[str, Any]:
    return {
        "verdict": max(scores, key=scores.__getitem__),
        "scores": {verdict: round(score, DIGITS) for verdict, score in scores.items()},
    }
