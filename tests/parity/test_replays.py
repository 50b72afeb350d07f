"""Recordings in parity: replayed where an environment can run here, and never where it cannot."""

import sys
from pathlib import Path

import pytest

from samestack.cli.main import main
from samestack.parity.parity import parity
from samestack.parity.report import ParityReport
from samestack.parity.request import ParityRequest
from samestack.progress import SILENT
from tests.parity.planted_project import PACKAGES, project, root

HERE = f"python:{sys.executable}"
PROGRAM = """\
import json, os, pathlib, sys
score = float(pathlib.Path(sys.argv[1]).read_text()) + float(os.environ.get("SHIFT", "0"))
print(json.dumps({"label": "defect" if score > 0.5 else "ok", "score": score}))
"""
SETTINGS = f"""
[tool.samestack.environments]
development = {{ reference = "{HERE}", recordings = ["answers.recording"] }}
"""


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a recording, which is not the working directory when it is asked."""
    directory = project(tmp_path / "helpdesk", SETTINGS, lock=None)
    (directory / "detect.py").write_text(PROGRAM)
    (directory / "plates").mkdir()
    (directory / "plates/a.txt").write_text("0.2")
    (directory / "plates/b.txt").write_text("0.9")
    monkeypatch.chdir(directory)
    words = ["--inputs", "plates", "--environment", HERE, "-o", "answers.recording"]
    assert main(["record", *words, "--", "python", "detect.py", "{input}"]) == 0
    monkeypatch.chdir(tmp_path)
    return directory


def asked(directory: Path, *, replays: bool = True) -> ParityReport:
    return parity(ParityRequest(project=directory, variables={}, replays=replays), SILENT)


def answers(report: ParityReport) -> list[tuple[str, str]]:
    return [(one.severity, one.message) for one in report.findings if one.rule == "answers-differ"]


def test_the_same_answers_are_no_finding(recorded: Path) -> None:
    report = asked(recorded)
    assert answers(report) == []
    assert report.replays == ("answers.recording in development",)


def test_other_answers_are_found_with_their_inputs(recorded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHIFT", "0.4")
    report = asked(recorded)
    assert answers(report) == [
        ("error", "development answers differently than answers.recording to 2 of 2 inputs")
    ]
    (finding,) = [one for one in report.findings if one.rule == "answers-differ"]
    assert [line.partition(":")[0] for line in finding.evidence] == ["a.txt", "b.txt"]


def test_nothing_is_run_where_that_is_not_wanted(recorded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHIFT", "0.4")
    report = asked(recorded, replays=False)
    assert answers(report) == []
    assert report.replays == ()


def test_a_recording_that_is_not_there_is_unknown(recorded: Path) -> None:
    (recorded / "answers.recording").unlink()
    ((severity, message),) = answers(asked(recorded))
    assert severity == "unknown"
    assert message.startswith("answers.recording could not be replayed in development: ")


def test_where_an_environment_cannot_be_run_that_is_noted(recorded: Path) -> None:
    root(recorded / "staging", {"zlib1g": "1.2.13"}, PACKAGES)
    project(recorded, SETTINGS.replace(HERE, "rootfs:staging"), lock=None)
    assert answers(asked(recorded)) == [
        ("note", "answers.recording was not replayed in development, which cannot be run here")
    ]
