"""The commands, from drawing to recommending."""

from __future__ import annotations

import json
from pathlib import Path
from typing import List

import pytest

from recommender.__main__ import main


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory that the commands run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("here")
def test_draw_train_and_recommend(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", "--customers", "40"]) == 0
    assert main(["train"]) == 0
    capsys.readouterr()
    assert main(["recommend", "factory-003", "--count", "2"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [sorted(one) for one in answer] == [["product", "stars"]] * 2


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("command", [["train"], ["recommend", "anna"], ["serve"]])
def test_a_missing_file_is_one_line_and_status_2(
    command: List[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 2
    message = capsys.readouterr().err
    assert message.startswith("error: ")
    assert message.count("\n") == 1


def test_what_cannot_be_written_is_one_line_and_status_3(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draw", "--output", str(here)]) == 3
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("option", ["--count=-1", "--count=many", "--count=1234567"])
def test_a_count_is_a_whole_number(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["recommend", "anna", option])
    assert stopped.value.code == 2
    assert "is not a whole number" in capsys.readouterr().err
