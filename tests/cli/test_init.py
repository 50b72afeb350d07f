"""The verb init: what it prints, what it writes, and what it leaves alone."""

import json
import tomllib
from pathlib import Path

import pytest

from samestack.cli.main import main


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = tmp_path / "plates"
    project.mkdir()
    (project / "requirements.txt").write_text("torch==1.13.0\nopencv-python\n")
    (project / "Dockerfile").write_text("FROM python:3.8\nRUN apt-get install -y libgl1 curl\n")
    (project / "train.py").write_text("import cv2, torch\nimport apex\n")
    monkeypatch.chdir(project)
    monkeypatch.setenv("COLUMNS", "100")
    return project


def test_a_manifest_is_written_and_told(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("pyproject.toml was written: ")
    assert "\nproject.dependencies\n  torch==1.13.0  requirements.txt:1, train.py:1\n" in said
    assert "\ntool.samestack.python\n  3.8  Dockerfile:1\n" in said
    assert "  ? Dockerfile:2: not taken for needs of the program: curl\n" in said
    assert "  ? train.py:2: which distribution brings 'apex' is not known, so it is left out\n" in said
    manifest = tomllib.loads((directory / "pyproject.toml").read_text())
    assert manifest["project"]["dependencies"] == ["torch==1.13.0", "opencv-python"]
    assert manifest["tool"]["samestack"]["system-packages"] == ["libgl1"]


def test_a_second_time_there_is_nothing_to_add(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init"])
    text = (directory / "pyproject.toml").read_bytes()
    capsys.readouterr()
    assert main(["init"]) == 0
    assert capsys.readouterr().out.startswith(
        "pyproject.toml says everything already that could be inferred."
    )
    assert (directory / "pyproject.toml").read_bytes() == text


def test_a_dry_run_writes_nothing(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "pyproject.toml would be written: " in said
    assert '\npython = "3.8"\n' in said
    assert not (directory / "pyproject.toml").exists()


def test_what_stands_there_is_added_to(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "[tool.ruff]\nline-length = 99 # wide\n"
    (directory / "pyproject.toml").write_text(text)
    assert main(["init", "--python", "3.9"]) == 0
    assert " values added to pyproject.toml.\n" in capsys.readouterr().out
    after = (directory / "pyproject.toml").read_text()
    assert after.startswith(text)
    assert 'python = "3.9"' in after


def test_json(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--dry-run", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["schema"], document["is_written"], document["is_new"]) == (
        "samestack/inference/1",
        False,
        True,
    )
    assert {"key": "tool.samestack.python", "value": "3.8", "places": ["Dockerfile:1"]} in document["added"]
    assert tomllib.loads(document["manifest"])["tool"]["samestack"]["python"] == "3.8"
    assert not (directory / "pyproject.toml").exists()


def test_credentials_are_not_told(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = "x @ git+https://me:hunter2@git.example/x.git\n--index-url https://me:hunter2@index.example/\n"
    (directory / "requirements.txt").write_text(line)
    for words in (["--dry-run"], ["--dry-run", "--format", "json"], []):
        assert main(["init", *words]) == 0
        said = capsys.readouterr().out
        assert "hunter2" not in said
    assert "requirements.txt:1: its credentials are left out" in said
    assert "hunter2" not in (directory / "pyproject.toml").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["missing"], "'missing': no such directory"),
        (["--python", "x"], "'x' is no version of Python"),
        (["empty"], "nothing in empty tells what it needs"),
        (["malformed"], "malformed/pyproject.toml: not TOML"),
        (["misspelt"], "misspelt/pyproject.toml: tool.samestack.bakend: there is no such key"),
    ],
)
def test_what_cannot_be(
    directory: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("malformed", "[x"), ("misspelt", "[tool.samestack]\nbakend = 'venv'\n")):
        (directory / name).mkdir()
        (directory / name / "pyproject.toml").write_text(text)
    (directory / "empty").mkdir()
    assert main(["init", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err


def test_a_dry_run_shows_what_would_change(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (directory / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "1"\n')
    assert main(["init", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert '\n version = "1"\n+requires-python = ">=3.8"\n' in said
