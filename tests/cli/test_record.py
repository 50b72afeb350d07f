"""The verb record: what it prints, what it writes, and how it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from samestack.behaviour.recording.recording_file import read_recording
from samestack.cli.main import main

PROGRAM = """
import json, sys
text = open(sys.argv[1]).read()
if text == "bad":
    sys.exit("it is bad")
print(json.dumps({"result": {"boxes": [[1, 2, 3, 4]], "label": text}}))
"""
WORDS = ["--inputs", "plates", "--environment", f"python:{sys.executable}"]
COMMAND = ["--", "python", "program.py", "{input}"]


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "plates").mkdir()
    (tmp_path / "plates/a.txt").write_text("ok")
    (tmp_path / "program.py").write_text(PROGRAM)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def test_it_is_recorded_and_told(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["record", *WORDS, "-o", "dev.recording", *COMMAND]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "dev.recording: python program.py {input}, 3 times, over 1 input"
    assert lines[1].startswith("in python:")
    assert f"(Python {'.'.join(map(str, sys.version_info[:3]))}, " in lines[1]
    assert " s each (" in lines[2]
    assert lines[3:] == [
        "",
        "FIELD         WHAT         NOISE",
        "result.boxes  int64 1 x 4  none",
        "result.label  text         none",
    ]
    assert len(read_recording(directory / "dev.recording").runs) == 3


def test_failures_end_with_status_1_and_are_kept(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (directory / "plates/b.txt").write_text("bad")
    assert main(["record", *WORDS, "--repeats", "2", "-o", "dev.recording", *COMMAND]) == 1
    said = capsys.readouterr().out
    assert "\n2 of 4 executions failed:\n  b.txt, repeat 1: it ended with status 1: it is bad\n" in said
    assert len(read_recording(directory / "dev.recording").failures) == 2


def test_late_and_killed_executions_are_told(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--repeats", "1", "-o", "x.recording"]
    assert main(["record", *words, "--timeout", "0.2", "--", "sleep", "600"]) == 1
    assert "1 of 1 executions failed:\n  repeat 1: it did not end in the time" in capsys.readouterr().out
    assert main(["record", *words, "--", "sh", "-c", "kill -SEGV $$"]) == 1
    assert "repeat 1: it died of SIGSEGV\n" in capsys.readouterr().out
    assert main(["record", *words, "--", "sh", "-c", "echo '{' > $SAMESTACK_OUTPUT/x.json"]) == 1
    assert "repeat 1: the output x.json is not JSON" in capsys.readouterr().out


def test_a_callable(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (directory / "model.py").write_text("def predict(path):\n    return len(open(path).read())\n")
    words = ["--callable", "model:predict", "--repeats", "1", "-o", "dev.recording"]
    assert main(["record", *WORDS, *words]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "dev.recording: model:predict, once, over 1 input"
    assert lines[-2:] == ["FIELD   WHAT", "output  integer"]


def test_noise_is_told(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (directory / "model.py").write_text(
        "state = [0]\n"
        "def predict(path):\n"
        "    state[0] += 1\n"
        "    x = state[0]\n"
        "    return {'step': 1 + x / 1000, 'word': 'ab'[x % 2], 'gap': float('nan') if x == 2 else 1.0}\n"
    )
    for name in ("b", "c"):
        (directory / "plates" / f"{name}.txt").write_text("ok")
    main(["record", *WORDS, "--callable", "model:predict", "-o", "dev.recording", "--format", "json"])
    fields = {one["path"]: one for one in json.loads(capsys.readouterr().out)["fields"]}
    assert (fields["gap"]["unequal"], fields["step"]["unequal"]) == (0, 0)  # each repeat begins anew
    script = 'echo "{\\"x\\": $$, \\"id\\": \\"n$$\\"}"'
    main(["record", "-o", "dev.recording", "--", "sh", "-c", script])
    said = capsys.readouterr().out
    assert "x      integer  up to " in said
    assert "id     text     not the same every time\n" in said


def test_json(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["record", *WORDS, "-o", "dev.recording", "--format", "json", *COMMAND]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["schema"], document["file"], document["inputs"], document["repeats"]) == (
        "samestack/recorded/1",
        "dev.recording",
        1,
        3,
    )
    assert document["program"]["command"] == ["python", "program.py", "{input}"]
    assert document["fields"][0]["path"] == "result.boxes"
    assert document["failures"] == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-o", "x.recording"], "name one program"),
        (["-o", "nowhere/x.recording", "--", "true"], "'nowhere': no such directory"),
        (["-o", "x.recording", "--environment", "image:x", "--", "true"], "nothing can be run in 'image:'"),
        (["-o", "x.recording", "--", "cat", "{input}"], "the command has a place for inputs"),
    ],
)
def test_what_cannot_be(
    directory: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    assert main(["record", *words]) == 2
    assert message in capsys.readouterr().err
    assert not (directory / "x.recording").exists()


def test_a_time_limit_is_positive(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["record", "--timeout", "0", "-o", "x", "--", "true"])
    assert "argument --timeout" in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_nothing_outlives_a_recording_that_is_ended(directory: Path, number: signal.Signals) -> None:
    (directory / "temporary").mkdir()
    script = "echo $$ > pid.new; mv pid.new pid; exec sleep 600"
    process = subprocess.Popen(
        [sys.executable, "-m", "samestack", "record", "-o", "x.recording", "--", "sh", "-c", script],
        env={**os.environ, "TMPDIR": str(directory / "temporary")},
        stderr=subprocess.PIPE,
    )
    try:
        wait_for((directory / "pid").exists)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    running = Path("/proc", (directory / "pid").read_text().strip())
    wait_for(lambda: not running.exists())
    assert not (directory / "x.recording").exists()
    if number is not signal.SIGKILL:
        assert said.decode() == "error: interrupted; nothing half-made is left\n"
        assert not list((directory / "temporary").iterdir())


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it did not come to pass")
