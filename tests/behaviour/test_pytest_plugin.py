"""The fixture in the suite of a project: recorded once, then held against that."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from samestack.behaviour.recording.recording_file import read_recording, write_recording
from tests.behaviour.recording.recordings import recording_of

TESTS = """
import os
import numpy

SHIFT = float(os.environ.get("SHIFT", "0"))
calls = []

def noisy():
    calls.append(1)
    return {"value": 1 + len(calls) * 1e-4 + SHIFT / 1000}

def test_score(samestack):
    samestack.check("result", {"score": 0.5 + SHIFT, "label": "ok"})
    samestack.check("boxes", numpy.array([[0, 0, 10, 10.0 + SHIFT * 3]]))

def test_noise(samestack):
    samestack.check("noisy", noisy)
    samestack.check("path", os.path.expanduser("~/x"))

class TestMore:
    def test_word(self, samestack):
        samestack.check("word", "a" if not SHIFT else "b")
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path) -> Path:
    directory = tmp_path / "project"
    (directory / "tests").mkdir(parents=True)
    (directory / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    (directory / "tests/test_model.py").write_text(TESTS)
    return directory


def run(
    project: Path, *words: str, plugin: str = "samestack.pytest_plugin", **variables: str
) -> tuple[int, str]:
    finished = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "samestack.pytest_plugin",
            "-p",
            "no:cacheprovider",
            "-q",
            *words,
        ],
        cwd=project,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "200", **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return finished.returncode, finished.stdout + finished.stderr


def test_recorded_and_then_the_same(project: Path) -> None:
    status, said = run(project, "--samestack-record")
    assert status == 0, said
    assert "samestack: test_model.recording was written into " in said
    recording = read_recording(project / "tests/recordings/test_model.recording")
    assert recording.program.command == ("pytest", "tests/test_model.py")
    assert list(recording.runs[0].outputs) == ["TestMore::test_word", "test_noise", "test_score"]
    assert recording.runs[0].outputs["test_noise"]["path"] == "~/x"
    assert len(recording.runs) == 3
    assert list(recording.runs[2].outputs) == ["test_noise"]
    assert run(project)[0] == 0


def test_what_differs_is_told(project: Path) -> None:
    run(project, "--samestack-record")
    status, said = run(project, SHIFT="1")
    assert status == 1
    assert "'result' is not what was recorded, in 1 of 2 fields:\n  result.score: " in said
    assert "'word' is not what was recorded, in 1 of 1 field:\n  word: " in said
    assert "'noisy' is not what was recorded" in said
    assert "3 failed" in said
    assert "since then" not in said


def test_the_noise_is_allowed_for_and_no_more(project: Path) -> None:
    run(project, "--samestack-record")
    assert run(project, "tests/test_model.py::test_noise", SHIFT="0.3")[0] == 0
    assert run(project, "tests/test_model.py::test_noise", SHIFT="1")[0] == 1


def test_the_tolerance_of_the_project_holds(project: Path) -> None:
    run(project, "--samestack-record")
    (project / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\n[tool.samestack.replay]\nignore = ["noisy*", "word"]\n'
        '[tool.samestack.replay.fields."result.score"]\natol = 2\n'
        "[tool.samestack.replay.fields.boxes]\niou = 0.5\n"
    )
    status, said = run(project, SHIFT="1")
    assert status == 0, said


def test_what_was_not_recorded_says_how(project: Path) -> None:
    status, said = run(project)
    assert status == 1
    assert "'result' of this test is not recorded; record it with: pytest --samestack-record" in said


def test_one_test_is_recorded_anew_and_the_others_stay(project: Path) -> None:
    run(project, "--samestack-record")
    run(project, "--samestack-record", "tests/test_model.py::TestMore", SHIFT="1")
    status, said = run(project, SHIFT="1")
    assert status == 1
    assert "2 failed, 1 passed" in said
    recording = read_recording(project / "tests/recordings/test_model.recording")
    assert recording.runs[0].outputs["TestMore::test_word"] == {"word": "b"}
    assert len(recording.runs) == 3


def test_a_recording_is_of_one_environment(project: Path) -> None:
    run(project, "--samestack-record")
    path = project / "tests/recordings/test_model.recording"
    before = read_recording(path)
    write_recording(recording_of(*(run.outputs for run in before.runs)), path)
    status, said = run(project, "--samestack-record", "tests/test_model.py::TestMore")
    assert status == 4
    assert "were recorded in another environment (record all of them: pytest --samestack-record" in said
    status, said = run(project, SHIFT="1")
    assert "since then: " in said
    assert "numpy 1.26.4 -> " in said
    assert run(project, "--samestack-record")[0] == 0
    assert run(project)[0] == 0


def test_a_broken_recording_is_no_crash(project: Path) -> None:
    (project / "tests/recordings").mkdir()
    (project / "tests/recordings/test_model.recording").write_text("junk")
    status, said = run(project)
    assert status == 1
    assert "not a recording" in said


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("'a b', 1", "'a b' cannot be the name of a field"),
        ("'x', object()", "x: a result of the type object is not kept"),
    ],
)
def test_what_cannot_be_kept(project: Path, call: str, message: str) -> None:
    (project / "tests/test_model.py").write_text(f"def test_it(samestack):\n    samestack.check({call})\n")
    status, said = run(project, "--samestack-record")
    assert status == 1
    assert message in said


def test_who_does_not_ask_loads_nothing(project: Path) -> None:
    (project / "tests/test_model.py").write_text(
        "import sys\ndef test_it():\n    assert 'numpy' not in sys.modules and 'msgspec' not in sys.modules\n"
    )
    status, said = run(project)
    assert status == 0, said


def test_workers_do_not_record(project: Path) -> None:
    (project / "worker.py").write_text("def pytest_configure(config):\n    config.workerinput = {}\n")
    status, said = run(project, "-p", "worker", "--samestack-record", PYTHONPATH=str(project))
    assert status == 4
    assert "works in one process" in said
