"""Says of each picture whether the part on it is good, and if not, what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, NamedTuple

from .features import Features, measure
from .model import Model
from .pictures import list_pictures, read_picture

DIGITS = 6


class Inspection(NamedTuple):
    """What was decided on one picture, how sure the model is of each verdict, and what was measured."""

    verdict: str
    scores: Dict[str, float]
    features: Features

    def as_json(self) -> Dict[str, Any]:
        """The inspection as plain JSON values, with six digits after the point."""
        return {
            "verdict": self.verdict,
            "scores": {verdict: round(score, DIGITS) for verdict, score in self.scores.items()},
            "features": {name: round(value, DIGITS) for name, value in self.features._asdict().items()},
        }


def inspect(picture: Path, model: Model) -> Inspection:
    """Inspect one picture: the likeliest verdict wins."""
    features = measure(read_picture(picture))
    scores = model.scores(features)
    return Inspection(max(scores, key=scores.__getitem__), scores, features)


def inspect_folder(folder: Path, model: Model) -> Dict[str, Inspection]:
    """Inspect every picture in ``folder``; the keys are the file names, in order."""
    return {picture.name: inspect(picture, model) for picture in list_pictures(folder)}
