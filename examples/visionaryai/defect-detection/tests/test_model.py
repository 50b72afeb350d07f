"""The model learns, is kept, and is read back as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from defect_detection.__main__ import MODEL
from defect_detection.detector import inspect_folder
from defect_detection.errors import InputError
from defect_detection.features import Features
from defect_detection.model import load_model
from defect_detection.pictures import TRUTH, read_truth
from defect_detection.train import train

PLAIN = Features(9.0, 10.0, 5.0, 4.2, 0.0, 0.5)


def test_the_scores_are_probabilities() -> None:
    scores = load_model(MODEL).scores(PLAIN)
    assert sum(scores.values()) == pytest.approx(1.0)
    assert all(0.0 <= score <= 1.0 for score in scores.values())


def test_a_plate_without_a_mark_scores_best_as_ok() -> None:
    scores = load_model(MODEL).scores(PLAIN)
    assert max(scores, key=scores.__getitem__) == "ok"


def test_training_is_repeatable_and_learns(pictures: Path, tmp_path: Path) -> None:
    model = train(pictures)
    assert train(pictures) == model
    model.save(tmp_path / "model.json")
    assert load_model(tmp_path / "model.json") == model
    truth = read_truth(pictures)
    inspections = inspect_folder(pictures, model)
    assert sum(inspections[name].verdict == truth[name] for name in truth) >= 0.8 * len(truth)


def test_training_needs_every_verdict(tmp_path: Path) -> None:
    (tmp_path / TRUTH).write_text('{"part-000.jpg": "ok"}', encoding="utf-8")
    with pytest.raises(InputError, match="pictures of every verdict"):
        train(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"features": 3}'])
def test_a_file_that_is_not_a_model_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "model.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="not a model"):
        load_model(path)


@pytest.mark.parametrize("field", ["features", "mean", "verdicts", "weights", "intercepts"])
def test_a_model_of_other_features_is_refused(tmp_path: Path, field: str) -> None:
    document = json.loads(MODEL.read_text(encoding="utf-8"))
    document[field] = document[field][1:]
    path = tmp_path / "model.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(InputError, match="made for other features"):
        load_model(path)
