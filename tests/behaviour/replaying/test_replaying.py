"""What a recording asks to be run, and where."""

import hashlib
import tempfile
from pathlib import Path

import pytest

from samestack.behaviour.recording.recording import Input, Program, Recording
from samestack.behaviour.replaying.replaying import ReplayRequest, here, request_of
from samestack.errors import RequestError
from tests.behaviour.recording.recordings import recording_of


def recorded(program: Program, **files: str) -> Recording:
    recording = recording_of({name: {} for name in files}, program=program)
    inputs = tuple(
        Input(name=name, sha256=hashlib.sha256(text.encode()).hexdigest(), size=len(text))
        for name, text in files.items()
    )
    return Recording(
        origin=recording.origin,
        program=program,
        environment="",
        snapshot=recording.snapshot,
        inputs=inputs,
        runs=recording.runs,
    )


@pytest.fixture
def plates(tmp_path: Path) -> Path:
    directory = tmp_path / "plates"
    directory.mkdir()
    (directory / "a").write_text("one")
    (directory / "b").write_text("two")
    return directory


def test_what_was_recorded_is_asked_for(plates: Path) -> None:
    program = Program(command=("detect", "{input}"), inputs=str(plates), timeout=7)
    asked = request_of(recorded(program, a="one", b="two"), ReplayRequest(environment="venv:x"))
    assert (asked.command, asked.inputs, asked.environment) == (("detect", "{input}"), plates, "venv:x")
    assert asked.timeout == 7
    assert request_of(recorded(program, a="one"), ReplayRequest(timeout=2)).timeout == 2


def test_inputs_may_have_moved(plates: Path) -> None:
    program = Program(callable="a:b", inputs="nowhere")
    asked = request_of(recorded(program, a="one"), ReplayRequest(inputs=plates))
    assert (asked.callable, asked.inputs) == ("a:b", plates)


@pytest.mark.parametrize(
    ("files", "inputs", "message"),
    [
        ({"a": "one"}, "nowhere", "'nowhere': the recorded inputs are not there"),
        ({"a": "one", "c": "three"}, "", "has no c, which was recorded"),
        ({"a": "one", "b": "other"}, "", "b is not the file that was recorded"),
    ],
)
def test_other_inputs_are_refused(plates: Path, files: dict[str, str], inputs: str, message: str) -> None:
    recording = recorded(Program(command=("x", "{input}"), inputs=inputs or str(plates)), **files)
    with pytest.raises(RequestError, match=message) as error:
        request_of(recording, ReplayRequest())
    assert "--inputs" in str(error.value.hint)


def test_more_inputs_are_refused_where_all_are_given_at_once(plates: Path) -> None:
    one, every = (Program(command=("x", place), inputs=str(plates)) for place in ("{input}", "{inputs}"))
    assert request_of(recorded(one, a="one"), ReplayRequest()).inputs == plates
    with pytest.raises(RequestError, match="has b, which was not recorded"):
        request_of(recorded(every, a="one"), ReplayRequest())


def test_what_was_cut_out_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    assert here("~/models/a.pt") == "/home/somebody/models/a.pt"
    assert here("--model=~/a.pt") == "--model=/home/somebody/a.pt"
    assert here("$TMPDIR/a") == f"{tempfile.gettempdir()}/a"
    assert here("~") == "/home/somebody"
    for word in ("a~b", "file~", "~user/a", "x/~/y", "./detect.py", "{input}"):
        assert here(word) == word
