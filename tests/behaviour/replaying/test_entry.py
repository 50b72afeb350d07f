"""A real program is recorded and run again, here and where it answers differently."""

import sys
from pathlib import Path

import pytest

from samestack.behaviour.comparing.settings import Settings
from samestack.behaviour.recording.entry import record
from samestack.behaviour.recording.recording import Recording
from samestack.behaviour.recording.request import Request
from samestack.behaviour.replaying.entry import replay
from samestack.behaviour.replaying.replayed import Replayed, Verdict
from samestack.behaviour.replaying.replaying import ReplayRequest
from samestack.progress import SILENT

HERE = f"python:{sys.executable}"
PROGRAM = """\
import json, os, pathlib, sys
with open("runs", "a") as file:
    file.write("x")
number = int(pathlib.Path(sys.argv[1]).read_text())
answer = {"double": 2 * number + int(os.environ.get("SHIFT", "0")), "text": "same"}
if os.environ.get("DIES") and number == 2:
    os.abort()
print(json.dumps(answer))
"""


@pytest.fixture
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recording:
    monkeypatch.chdir(tmp_path)
    Path("numbers").mkdir()
    for number in (1, 2):
        Path("numbers", f"{number}.txt").write_text(str(number))
    Path("program.py").write_text(PROGRAM)
    asked = Request(
        command=("python", "program.py", "{input}"), inputs=Path("numbers"), environment=HERE, repeats=3
    )
    recorded = record(asked, SILENT).recording
    Path("runs").unlink()
    return recorded


def again(recording: Recording, repeats: int = 0) -> tuple[Replayed, int]:
    """The replay, and how often each input was run."""
    replayed = replay(recording, ReplayRequest(environment=HERE, repeats=repeats), Settings(), SILENT)
    return replayed, len(Path("runs").read_text()) // 2


def test_where_nothing_differs_one_run_is_enough(recording: Recording) -> None:
    replayed, runs = again(recording)
    assert (replayed.verdict, runs) == (Verdict.SAME, 1)


def test_where_something_differs_it_is_run_until_chance_is_ruled_out(
    recording: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIFT", "1")
    replayed, runs = again(recording)
    assert (replayed.verdict, runs, len(replayed.after.runs)) == (Verdict.DIFFERS, 5, 5)
    assert {one.field for one in replayed.differences} == {"double"}
    assert (replayed.chance.alike, replayed.chance.divisions) == (1, 56)


def test_it_is_run_as_often_as_is_asked_for(recording: Recording) -> None:
    replayed, runs = again(recording, 2)
    assert (replayed.verdict, runs) == (Verdict.SAME, 2)


def test_a_crash_is_a_difference(recording: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIES", "1")
    replayed, _ = again(recording, 2)
    assert [one.judgement.detail for one in replayed.differences] == ["well -> died of SIGABRT"]
