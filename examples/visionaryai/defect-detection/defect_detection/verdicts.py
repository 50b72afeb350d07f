"""What others call: one picture's path, and the answer of the model that comes with the detector."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Mapping

import numpy as np

from .detector import Inspection, inspect
from .model import load_model

MODEL = Path(__file__).resolve().parent.parent / "model.json"


def judge(picture: str) -> Dict[str, Any]:
    """The verdict on the picture at this path, the scores of all verdicts, and what was measured.

    Numbers are in single precision, as pictures are measured in: further digits would mean nothing.
    """
    found = _inspected(picture)
    measured = found.features._asdict()
    return {"verdict": found.verdict, "scores": _single(found.scores), "features": _single(measured)}


def verdict(picture: str) -> Dict[str, str]:
    """The verdict alone: what becomes of the part."""
    return {"verdict": _inspected(picture).verdict}


def _inspected(picture: str) -> Inspection:
    return inspect(Path(picture), load_model(MODEL))


def _single(numbers: Mapping[str, float]) -> Dict[str, float]:
    return {name: float(np.float32(number)) for name, number in numbers.items()}
