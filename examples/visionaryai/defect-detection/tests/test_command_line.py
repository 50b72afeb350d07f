"""The commands, from drawing to verdicts."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import List, Optional

import pytest

from defect_detection.__main__ import main
from defect_detection.features import Features
from defect_detection.parts import VERDICTS
from defect_detection.pictures import read_truth

needs_tensorflow = pytest.mark.skipif(find_spec("tensorflow") is None, reason="TensorFlow is not installed")


def test_draw_train_and_detect(tmp_path: Path, pictures: Path) -> None:
    drawn, model, verdicts = tmp_path / "drawn", tmp_path / "model.json", tmp_path / "verdicts.json"
    assert main(["draw", "--parts", "4", "--seed", "5", "--output", str(drawn)]) == 0
    assert main(["train", "--pictures", str(pictures), "--output", str(model)]) == 0
    detect = ["detect", "--pictures", str(drawn), "--model", str(model), "--output", str(verdicts)]
    assert main(detect) == 0
    inspections = json.loads(verdicts.read_text(encoding="utf-8"))
    assert list(inspections) == [f"part-00{number}.jpg" for number in range(4)]
    for inspection in inspections.values():
        assert inspection["verdict"] in VERDICTS
        assert set(inspection["scores"]) == set(VERDICTS)
        assert tuple(inspection["features"]) == Features._fields


def test_the_shipped_model_is_mostly_right_and_repeats_itself(
    pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = []
    for _ in range(2):
        assert main(["detect", "--pictures", str(pictures)]) == 0
        answers.append(capsys.readouterr())
    assert answers[0] == answers[1]
    truth, inspections = read_truth(pictures), json.loads(answers[0].out)
    assert answers[0].err.startswith(f"{len(truth)} pictures: ")
    assert sum(inspections[name]["verdict"] == truth[name] for name in truth) >= 0.75 * len(truth)


@pytest.mark.parametrize(
    "arguments",
    [
        ["detect", "--pictures", "nowhere"],
        ["train", "--pictures", "nowhere", "--output", "model.json"],
        ["detect", "--pictures", "nowhere", "--model", "nowhere.json"],
    ],
)
def test_wrong_input_is_one_line_and_status_2(
    arguments: List[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    message = capsys.readouterr().err
    assert message.startswith("error: nowhere")
    assert message.count("\n") == 1


def test_what_cannot_be_written_is_one_line_and_status_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").touch()
    assert main(["draw", "--parts", "1", "--output", str(tmp_path / "taken")]) == 3
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("count", ["-1", "many", "1.5"])
def test_a_count_is_a_whole_number(count: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["draw", "--parts", count, "--output", "pictures"])
    assert stopped.value.code == 2
    assert "is not a whole number" in capsys.readouterr().err


@pytest.mark.skipif(find_spec("tensorflow") is not None, reason="TensorFlow is installed")
@pytest.mark.parametrize(
    "command",
    [
        ["second-opinion", "--training", "training", "--pictures", "pictures"],
        ["third-opinion", "--pictures", "pictures"],
        ["train-looks", "--pictures", "pictures", "--output", "looks.h5"],
    ],
)
def test_other_opinions_say_that_they_need_tensorflow(
    command: List[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 2
    assert "needs TensorFlow" in capsys.readouterr().err


@needs_tensorflow
def test_the_second_opinion_judges_every_picture(tmp_path: Path, pictures: Path) -> None:
    opinions = tmp_path / "opinions.json"
    command = ["second-opinion", "--training", str(pictures), "--pictures", str(pictures)]
    assert main([*command, "--output", str(opinions)]) == 0
    assert share_right(opinions, pictures) >= 0.8


@needs_tensorflow
def test_the_third_opinion_judges_every_picture(tmp_path: Path, pictures: Path) -> None:
    opinions = tmp_path / "opinions.json"
    assert main(["third-opinion", "--pictures", str(pictures), "--output", str(opinions)]) == 0
    assert share_right(opinions, pictures) >= 0.8


@needs_tensorflow
def test_looks_that_were_trained_are_used(tmp_path: Path, pictures: Path) -> None:
    looks, opinions = tmp_path / "looks.h5", tmp_path / "opinions.json"
    assert main(["train-looks", "--pictures", str(pictures), "--output", str(looks)]) == 0
    command = ["third-opinion", "--pictures", str(pictures), "--looks", str(looks)]
    assert main([*command, "--output", str(opinions)]) == 0
    assert share_right(opinions, pictures) >= 0.5


@needs_tensorflow
@pytest.mark.parametrize("content", [None, b"", b"not a network"])
def test_a_file_that_is_not_a_network_is_refused(
    tmp_path: Path, pictures: Path, content: Optional[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    looks = tmp_path / "looks.h5"
    if content is not None:
        looks.write_bytes(content)
    assert main(["third-opinion", "--pictures", str(pictures), "--looks", str(looks)]) == 2
    assert capsys.readouterr().err.startswith(f"error: {looks}: ")


def share_right(opinions: Path, pictures: Path) -> float:
    """The share of the pictures that an opinion is right about."""
    verdicts = {name: opinion["verdict"] for name, opinion in json.loads(opinions.read_text("utf-8")).items()}
    truth = read_truth(pictures)
    return sum(verdicts[name] == truth[name] for name in truth) / len(truth)
