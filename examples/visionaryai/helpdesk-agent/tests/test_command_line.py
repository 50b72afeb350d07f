"""The commands, from training to answering."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpdesk_agent.__main__ import main


def test_train_and_ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    network = str(tmp_path / "intents.keras")
    assert main(["train", "--each", "10", "--output", network]) == 0
    capsys.readouterr()
    assert main(["ask", "--network", network, "where is my order"]) == 0
    assert json.loads(capsys.readouterr().out)["article"] == "where-is-my-order"


@pytest.mark.parametrize(
    "command",
    [
        ["--knowledge", "nowhere.json", "train"],
        ["--knowledge", "nowhere.json", "ask", "where is my order"],
        ["ask", "--network", "nowhere.keras", "where is my order"],
        ["train", "--each", "0"],
        ["ask", ""],
    ],
)
def test_wrong_input_is_one_line_and_status_2(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command) == 2
    message = capsys.readouterr().err
    assert message.startswith("error: ")
    assert message.count("\n") == 1


@pytest.mark.parametrize("port", ["-1", "70000", "many"])
def test_a_port_is_a_port(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["serve", f"--port={port}"])
    assert stopped.value.code == 2
    assert "argument --port" in capsys.readouterr().err
