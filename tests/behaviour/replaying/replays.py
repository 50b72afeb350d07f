"""Replays for tests, from the answers alone."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from samestack.behaviour.comparing.settings import Settings
from samestack.behaviour.recording.recording import Answer, Picture
from samestack.behaviour.replaying.comparing_recordings import compare_recordings
from samestack.behaviour.replaying.replayed import FieldReport, Replayed
from tests.behaviour.recording.recordings import recording_of

HOSTILE = '<script>alert(1)</script>"\u202e\x1b[31m'


def replay_of(
    before: Mapping[str, Answer], after: Mapping[str, Answer], settings: Settings | None = None
) -> Replayed:
    """Three recorded runs that answered one thing, and five new ones that answered another."""
    return compare_recordings(recording_of(*[before] * 3), recording_of(*[after] * 5), settings or Settings())


def field(replayed: Replayed, name: str) -> FieldReport:
    """The report on a field."""
    return next(one for one in replayed.fields if one.name == name)


def defects(shift: float = 0.0, *, name: str = "plate") -> dict[str, Answer]:
    """What a detector answers to four plates: labels, scores, numbers, a picture."""
    answers: dict[str, Answer] = {}
    for number, score in enumerate([0.2, 0.55, 0.65, 0.9]):
        value = score - shift if number else score
        pixels: Any = np.full((12, 16, 3), 100, dtype=np.uint8)
        pixels[2:6, 3:8] = int(200 * value)
        answers[f"{name}-{number}.png"] = {
            "label": "defect" if value > 0.5 else "ok",
            "score": value,
            "probabilities": np.array([value, 1 - value]),
            "found.count": 3,
            "marked": Picture(pixels),
        }
    return answers
