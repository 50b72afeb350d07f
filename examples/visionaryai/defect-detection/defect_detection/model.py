"""The trained model: a linear one, kept as a JSON file that any version of any library can read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Dict, Iterable, Tuple

import numpy as np

from .errors import InputError
from .features import Features, to_vector
from .parts import VERDICTS

Row = Tuple[float, ...]


@dataclass(frozen=True)
class Model:
    """Multinomial logistic regression on standardised features.

    ``mean`` and ``scale`` have a value for each feature; ``weights`` has a row, and ``intercepts`` a value,
    for each verdict in the order of ``verdicts``.
    """

    features: Tuple[str, ...]
    mean: Row
    scale: Row
    verdicts: Tuple[str, ...]
    weights: Tuple[Row, ...]
    intercepts: Row

    def scores(self, features: Features) -> Dict[str, float]:
        """The probability of each verdict; together they make 1."""
        standard = (to_vector(features) - np.array(self.mean)) / np.array(self.scale)
        logits = np.array(self.weights) @ standard + np.array(self.intercepts)
        odds = np.exp(logits - logits.max())
        return dict(zip(self.verdicts, (odds / odds.sum()).tolist()))

    def save(self, path: Path) -> None:
        """Write the model to ``path``."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")


def load_model(path: Path) -> Model:
    """Read a model that ``Model.save`` wrote. Raises ``InputError`` for any other file."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        model = Model(
            features=tuple(document["features"]),
            mean=_row(document["mean"]),
            scale=_row(document["scale"]),
            verdicts=tuple(document["verdicts"]),
            weights=tuple(_row(row) for row in document["weights"]),
            intercepts=_row(document["intercepts"]),
        )
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path}: not a model that the command 'train' wrote: {error!r}") from error
    if not _fits(model):
        raise InputError(f"{path}: made for other features or verdicts; train it again")
    return model


def _row(values: Iterable[float]) -> Row:
    return tuple(float(value) for value in values)


def _fits(model: Model) -> bool:
    rows = (model.mean, model.scale, *model.weights)
    return (
        model.features == Features._fields
        and sorted(model.verdicts) == sorted(VERDICTS)
        and len(model.weights) == len(model.intercepts) == len(VERDICTS)
        and all(len(row) == len(Features._fields) for row in rows)
    )
