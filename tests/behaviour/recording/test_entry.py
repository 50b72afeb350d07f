"""A program is recorded: over its inputs, several times, failures as such, and nothing personal."""

import sys
from pathlib import Path
from typing import Any

import pytest

from samestack.behaviour.recording.document import document_of
from samestack.behaviour.recording.entry import record
from samestack.behaviour.recording.noise import noise
from samestack.behaviour.recording.recording import EVERYTHING, Recording
from samestack.behaviour.recording.recording_file import read_recording, write_recording
from samestack.behaviour.recording.request import Request
from samestack.errors import OutsideError, RequestError
from samestack.model import Layer
from samestack.progress import SILENT, Reporter

PROGRAM = """
import json, os, sys
text = open(sys.argv[1]).read() if len(sys.argv) > 1 else ""
if "bad" in text:
    sys.exit(f"{os.path.abspath(sys.argv[1])} is bad")
with open("count", "a") as file:
    file.write("x")
count = len(open("count").read())
print(json.dumps({
    "length": len(text), "count": count, "score": 1 + count / 1e9,
    "here": os.getcwd() + "/x", "home": os.path.expanduser("~/y"), "out": os.environ["SAMESTACK_OUTPUT"],
    "names": [os.getcwd() + "/x"],
}))
"""
PYTHON = f"python:{sys.executable}"


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "home").mkdir()
    work = tmp_path / "home" / "work"
    (work / "plates").mkdir(parents=True)
    (work / "program.py").write_text(PROGRAM)
    for name in ("a", "bb"):
        (work / "plates" / f"{name}.txt").write_text(name)
    monkeypatch.chdir(work)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return work


def recorded(**asked: Any) -> Recording:
    return record(Request(**{"environment": PYTHON, **asked}), SILENT).recording


def test_once_for_each_input(directory: Path) -> None:
    recording = recorded(command=("python", "program.py", "{input}"), inputs=Path("plates"))
    assert [one.name for one in recording.inputs] == ["a.txt", "bb.txt"]
    assert [list(run.outputs) for run in recording.runs] == [["a.txt", "bb.txt"]] * 3
    assert {name: answer["length"] for name, answer in recording.runs[0].outputs.items()} == {
        "a.txt": 1,
        "bb.txt": 2,
    }
    assert (directory / "count").read_text() == "x" * 6
    assert recording.program.command == ("python", "program.py", "{input}")
    assert recording.program.inputs == "plates"
    assert not recording.failures
    assert all(seconds > 0 for run in recording.runs for seconds in run.seconds.values())
    assert all(run.peak_memory > 1_000_000 for run in recording.runs)


def test_repeats_tell_the_noise(directory: Path) -> None:
    floors = noise(recorded(command=("python", "program.py", "{input}"), inputs=Path("plates")))
    assert floors["length"].unequal == 0
    assert floors["score"].absolute == pytest.approx(4e-9, rel=1e-3)


def test_once_for_all_and_without_any() -> None:
    for words in (("wc", "-l", "{inputs}/a.txt"), ("wc", "-l", "plates/a.txt")):
        recording = recorded(command=words, inputs=Path("plates"), repeats=1)
        assert list(recording.runs[0].outputs) == [EVERYTHING]
        assert recording.runs[0].outputs[EVERYTHING] == {"output": "0 plates/a.txt"}
        assert len(recording.inputs) == 2
    assert recorded(command=("true",), repeats=1).inputs == ()


def test_a_callable(directory: Path) -> None:
    (directory / "model.py").write_text("def predict(path):\n    return {'size': len(open(path).read())}\n")
    recording = recorded(callable="model:predict", inputs=Path("plates"), repeats=2)
    assert [run.outputs["bb.txt"] for run in recording.runs] == [{"size": 2}] * 2
    assert recording.program.callable == "model:predict"


def test_failures_are_kept_as_such(directory: Path) -> None:
    (directory / "plates/c.txt").write_text("bad")
    recording = recorded(command=("python", "program.py", "{input}"), inputs=Path("plates"), repeats=2)
    assert [(number, name) for number, name, _ in recording.failures] == [(0, "c.txt"), (1, "c.txt")]
    outcome = recording.failures[0][2]
    assert (outcome.status, outcome.messages) == (1, "./plates/c.txt is bad\n")
    assert recording.runs[0].outputs["c.txt"] == {}


def test_an_answer_that_cannot_be_read_is_a_failure() -> None:
    script = "echo '{' > $SAMESTACK_OUTPUT/x.json"
    ((_, _, outcome),) = recorded(command=("sh", "-c", script), repeats=1).failures
    assert "x.json is not JSON" in outcome.trouble


def test_a_failure_keeps_what_it_answered() -> None:
    recording = recorded(command=("sh", "-c", "echo 5; exit 2"), repeats=1)
    assert recording.runs[0].outputs[EVERYTHING] == {"output": 5}
    assert recording.failures[0][2].status == 2


def test_nothing_personal_is_kept(directory: Path, tmp_path: Path) -> None:
    recording = recorded(command=("python", "program.py", "{input}"), inputs=directory / "plates", repeats=1)
    answer = recording.runs[0].outputs["a.txt"]
    assert (answer["here"], answer["home"]) == ("./x", "~/y")
    assert answer["names"].tolist() == ["./x"]  # type: ignore[union-attr]
    assert str(answer["out"]).startswith("$TMPDIR/")
    assert recording.program.inputs == "./plates"
    assert recording.snapshot.origin.machine == ""
    write_recording(recording, tmp_path / "x")
    said = document_of(read_recording(tmp_path / "x"))[0]
    assert str(tmp_path) not in str(said)


def test_the_snapshot_is_of_where_it_ran() -> None:
    snapshot = recorded(command=("true",), repeats=1).snapshot
    (python,) = snapshot.stack.layer(Layer.PYTHON)
    assert python.version == ".".join(map(str, sys.version_info[:3]))


def test_progress_is_told() -> None:
    class Hearing(Reporter):
        heard: list[Any] = []  # noqa: RUF012

        def started(self, work: str, total: int | None = None) -> None:
            self.heard.append((work, total))

        def advanced(self, detail: str, steps: int = 1) -> None:  # noqa: ARG002
            self.heard.append(detail)

        def finished(self) -> None:
            self.heard.append("finished")

    record(
        Request(command=("cat", "{input}"), inputs=Path("plates"), environment=PYTHON, repeats=1), Hearing()
    )
    assert Hearing.heard == [("record", 2), "a.txt", "bb.txt", "finished"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({}, "name one program"),
        ({"command": ("true",), "callable": "a:b"}, "name one program"),
        ({"callable": "module"}, "names no callable"),
        ({"callable": ":f"}, "names no callable"),
        ({"command": ("true",), "repeats": 0}, "1 to 1000 times, not 0"),
        ({"command": ("true",), "repeats": 1001}, "1 to 1000 times, not 1001"),
        ({"command": ("cat", "{input}")}, "the command has a place for inputs"),
        ({"command": ("cat", "{inputs}")}, "the command has a place for inputs"),
        ({"command": ("nosuch",)}, "nosuch: no such program"),
    ],
)
def test_what_cannot_be_recorded(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(RequestError, match=message):
        recorded(**asked)


def test_an_interruption_leaves_nothing(
    tmp_path: Path, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupting(Reporter):
        def advanced(self, detail: str, steps: int = 1) -> None:  # noqa: ARG002
            raise KeyboardInterrupt

    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    with pytest.raises(KeyboardInterrupt):
        record(Request(command=("true",), environment=PYTHON), Interrupting())
    assert not list((tmp_path / "temporary").iterdir())


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="cannot be written"):
        write_recording(recorded(command=("true",), repeats=1), tmp_path / "nowhere" / "x.recording")
