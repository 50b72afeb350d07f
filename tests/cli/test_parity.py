"""``samestack parity``: forms, exit statuses and refusals, from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from samestack.cli.main import main
from samestack.deploy.history import DIRECTORY
from tests.capture.planted import write
from tests.parity.planted_project import ENVIRONMENTS, PACKAGES, environment, project

CaptureFixture = pytest.CaptureFixture[str]


@pytest.fixture
def helpdesk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two environments that are as locked, and is the working directory."""
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    environment(tmp_path / "dev")
    environment(tmp_path / "staging")
    monkeypatch.chdir(project(tmp_path))
    return tmp_path


@pytest.fixture
def drifted(helpdesk: Path) -> Path:
    """The same, with another opencv in staging."""
    environment(helpdesk / "older", {**PACKAGES, "opencv-python": "4.5.5.64"})
    return project(helpdesk, ENVIRONMENTS.replace("venv:staging", "venv:older"))


def document(capsys: CaptureFixture) -> Any:
    return json.loads(capsys.readouterr().out)


def test_it_holds(helpdesk: Path, capsys: CaptureFixture) -> None:
    assert main(["parity"]) == 0
    text = capsys.readouterr().out
    assert "development" in text
    assert "as locked" in text
    assert text.splitlines()[-1] == "the law holds"


def test_it_does_not_hold_and_names_why(drifted: Path, capsys: CaptureFixture) -> None:
    assert main(["parity"]) == 1
    text = capsys.readouterr().out
    assert "opencv-python is 4.8.1.78 in development, 4.5.5.64 in staging" in " ".join(text.split())
    assert text.splitlines()[-1] == "the law does not hold: 1 error"


def test_an_environment_out_of_reach_ends_with_3(helpdesk: Path, capsys: CaptureFixture) -> None:
    project(helpdesk, ENVIRONMENTS.replace("venv:staging", "venv:gone"))
    assert main(["parity", "--format", "json"]) == 3
    told = document(capsys)
    assert (told["standing"], told["has_passed"]) == ("unknown", False)
    assert main(["parity", "--environment", "development"]) == 0


def test_what_fails_goes_before_what_is_unknown(drifted: Path) -> None:
    more = 'production = { reference = "venv:gone", after = "staging" }\n'
    project(drifted, ENVIRONMENTS.replace("venv:staging", "venv:older") + more)
    assert main(["parity"]) == 1


@pytest.mark.parametrize(
    ("suffix", "start"),
    [("json", '{\n "schema": "samestack/parity/1"'), ("md", "### "), ("html", "<!doctype")],
)
def test_the_form_is_told_from_the_name_of_the_file(drifted: Path, suffix: str, start: str) -> None:
    file = drifted / f"parity.{suffix}"
    assert main(["parity", "-o", str(file)]) == 1
    text = file.read_text()
    assert text.startswith(start)
    assert "4.5.5.64" in text


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_read(helpdesk: Path) -> None:
    assert main(["parity", "-o", str(helpdesk / "gone/parity.json")]) == 2


def test_a_project_without_environments_is_refused_with_an_example(
    helpdesk: Path, capsys: CaptureFixture
) -> None:
    project(helpdesk, "")
    assert main(["parity"]) == 2
    assert "[tool.samestack.environments]" in capsys.readouterr().err


def test_an_allowed_difference_holds_and_is_told(drifted: Path, capsys: CaptureFixture) -> None:
    allowance = (
        '[[tool.samestack.allowed-differences]]\nenvironment = "staging"\n'
        'difference = "packages/opencv-python"\nreason = "waits for its image"\nuntil = 2099-01-31\n'
    )
    project(drifted, ENVIRONMENTS.replace("venv:staging", "venv:older") + allowance)
    assert main(["parity", "--format", "json"]) == 0
    (allowed,) = document(capsys)["report"]["allowed"]
    assert (allowed["reason"], allowed["until"]) == ("waits for its image", "2099-01-31")


def test_a_history_that_was_altered_is_refused(helpdesk: Path, capsys: CaptureFixture) -> None:
    write(helpdesk / DIRECTORY / "staging.jsonl", "{}\n{}\n")
    assert main(["parity"]) == 2
    assert "staging.jsonl" in capsys.readouterr().err
