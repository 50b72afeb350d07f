"""``samestack advise`` from the command line."""

import json
from pathlib import Path

import pytest

from samestack.cli.main import main


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "requirements.txt").write_text("click==8.1.7\n")
    (tmp_path / "Dockerfile").write_text("FROM python:3.11-slim\n")
    return tmp_path


def test_the_advice_is_told_with_its_reasons_and_their_places(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["advise", str(project), "--offline"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("venv: 4 points ahead of Poetry.")
    assert "image-python: Dockerfile:1 FROM python:3.11-slim" in printed
    assert "the index was not asked" in printed


@pytest.mark.registry
def test_the_index_is_asked_for_wheels(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["advise", str(project), "--format", "json"]) == 0
    advice = json.loads(capsys.readouterr().out)["advice"]
    assert advice["notes"] == []
    assert "all-wheels" in {reason["signal"] for reason in advice["reasons"]}


@pytest.mark.registry
def test_a_package_without_a_wheel_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "requirements.txt").write_text("click\npygraphviz==1.6\n")
    assert main(["advise", str(tmp_path)]) == 0
    assert "no-wheels: " in (printed := capsys.readouterr().out)
    assert "pygraphviz==1.6" in printed


def test_a_weight_of_the_command_line_wins_over_the_projects(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "pyproject.toml").write_text("[tool.samestack.advise]\nweights = {requirements-file = 3}\n")
    assert main(["advise", str(project), "--offline", "--weight", "requirements-file=0"]) == 0
    assert capsys.readouterr().out.startswith("venv: 2 points ahead of Poetry.")


def test_the_matrix_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["advise", "--list-rows"]) == 0
    assert "Is there nothing that asks for more?" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere"], "no such directory"),
        (["--weight", "clutser=2"], "did you mean 'cluster'?"),
        (["--weight", "cluster=much"], "no weight"),
    ],
)
def test_what_cannot_be_advised_is_refused(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["advise", "--offline", *words]) == 2
    assert message in capsys.readouterr().err
