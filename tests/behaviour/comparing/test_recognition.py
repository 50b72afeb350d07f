"""Kinds, told from types, shapes and names."""

from typing import Any

import numpy as np
import pytest

from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.recognition import kind_of, words_of
from samestack.behaviour.recording.recording import Picture

GREY = Picture(np.zeros((8, 8), np.uint8))
TABLE = np.array([[1.0, 2.0, 3.0, 4.0]])


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("result.score", 0.5, Kind.FLOAT),
        ("count", 3, Kind.INTEGER),
        ("message", "all is well", Kind.TEXT),
        ("is_defect", True, Kind.CLASS),
        ("result.label", "defect", Kind.CLASS),
        ("predicted_class", 3, Kind.CLASS),
        ("predictions", np.array([0.0, 1.0, 2.0]), Kind.CLASS),
        ("predictions", np.array([0.5, 1.25]), Kind.FLOAT),
        ("softmax", np.array([0.9, 0.2]), Kind.PROBABILITIES),
        ("output", np.array([[0.9, 0.1], [0.5, 0.5]]), Kind.PROBABILITIES),
        ("detections.scores", np.array([0.9, 0.8]), Kind.FLOAT),
        ("scores", np.zeros((3, 4)), Kind.PROBABILITIES),
        ("topK", np.array([3, 1, 2]), Kind.TOP_K),
        ("top_5.labels", np.array(["a", "b"]), Kind.CLASS),
        ("top_k", np.array(["a", "b"]), Kind.TOP_K),
        ("boxes.npy", TABLE, Kind.BOXES),
        ("detections.bbox", TABLE.astype(np.int64), Kind.BOXES),
        ("detections[3].box", TABLE[0], Kind.BOXES),
        ("boxes", np.zeros((2, 3)), Kind.FLOAT),
        ("boxes", np.zeros(0), Kind.BOXES),
        ("mask", np.zeros((9, 9), np.uint8), Kind.MASK),
        ("mask.png", GREY, Kind.MASK),
        ("regions", np.zeros((9, 9), bool), Kind.MASK),
        ("cluster_labels", np.array([0, 1]), Kind.LABELS),
        ("cluster", np.array(["a", "b"]), Kind.LABELS),
        ("embedding", np.zeros(8), Kind.EMBEDDING),
        ("overlay.png", GREY, Kind.PICTURE),
        ("result", np.zeros((9, 9, 3), np.uint8), Kind.PICTURE),
        ("frame", np.zeros((9, 9), np.uint8), Kind.PICTURE),
        ("counts", np.zeros((2, 3, 3), np.uint8), Kind.INTEGER),
        ("accuracy", 0.9, Kind.METRIC),
        ("f1", 0.9, Kind.METRIC),
        ("latency_ms", 12.5, Kind.LATENCY),
        ("start_seconds", 12.5, Kind.FLOAT),
        ("spectrum", np.array([1 + 1j]), Kind.FLOAT),
        ("anything", None, Kind.EXACT),
    ],
)
def test_a_kind_is_told(name: str, value: Any, kind: Kind) -> None:
    assert kind_of(name, [value]) is kind


def test_all_values_are_asked() -> None:
    assert kind_of("score", [1, 0.5, None]) is Kind.FLOAT
    assert kind_of("score", [1, "none"]) is Kind.EXACT
    assert kind_of("picture", [GREY, 3]) is Kind.EXACT
    assert kind_of("score", []) is Kind.EXACT
    assert kind_of("flag", [True, 2]) is Kind.INTEGER


def test_few_short_texts_are_labels() -> None:
    assert kind_of("state", ["ok", "ok", "defect", "ok"]) is Kind.CLASS
    assert kind_of("state", ["ok", "defect", "scratch", "dent"]) is Kind.TEXT
    assert kind_of("state", ["one\ntwo"] * 4) is Kind.TEXT
    assert kind_of("state", [np.array(["ok", "ok", "no", "ok"])]) is Kind.CLASS


def test_the_words_of_a_path() -> None:
    assert words_of("results[2].topK") == {"top", "k", "topk"}
    assert words_of("out/predicted_class.npy") >= {"predicted", "class"}
    assert words_of('a["some box"]') >= {"some", "box"}
    assert words_of("HTTPScore2") >= {"http", "score", "2"}
