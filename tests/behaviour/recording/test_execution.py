"""A command is run to its end, whatever end that is, and nothing of it outlives it."""

import os
import sys
import time
from pathlib import Path

import pytest

from samestack.behaviour.recording import execution
from samestack.behaviour.recording.execution import Execution, execute
from samestack.errors import OutsideError


def shell(tmp_path: Path, script: str, **options: float) -> Execution:
    return execute(["sh", "-c", script], tmp_path, os.environ, **options)


def test_what_it_printed_and_wrote(tmp_path: Path) -> None:
    done = shell(tmp_path, "echo answer; echo problem >&2; echo 1 > $SAMESTACK_OUTPUT/x.txt")
    assert not done.outcome.is_failure
    assert done.printed.read_text() == "answer\n"
    assert (done.written / "x.txt").read_text() == "1\n"
    assert done.outcome.messages == "problem\n"
    assert 0 < done.seconds < 60


def test_it_is_given_the_variables_and_no_others(tmp_path: Path) -> None:
    done = execute(["env"], tmp_path, {"PATH": os.environ["PATH"], "COLOUR": "red"})
    names = {line.partition("=")[0] for line in done.printed.read_text().splitlines()}
    assert names - {"_", "PWD", "SHLVL", "LC_CTYPE"} == {"PATH", "COLOUR", "SAMESTACK_OUTPUT"}


def test_it_runs_in_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    assert shell(tmp_path, "pwd").printed.read_text().strip() == str(place)


def test_an_exit_status(tmp_path: Path) -> None:
    assert shell(tmp_path, "exit 7").outcome.status == 7


@pytest.mark.parametrize("name", ["SEGV", "ABRT", "KILL", "TERM"])
def test_a_signal(tmp_path: Path, name: str) -> None:
    outcome = shell(tmp_path, f"kill -{name} $$").outcome
    assert (outcome.signal, outcome.status, outcome.is_late) == (f"SIG{name}", 0, False)


def test_what_cannot_be_started(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    outcome = execute([str(tmp_path / "file")], tmp_path, os.environ).outcome
    assert outcome.status == 126
    assert "cannot be started: Permission denied" in outcome.messages


def test_its_time_is_over(tmp_path: Path) -> None:
    done = shell(tmp_path, "echo $$; sleep 600", seconds=0.3)
    assert done.outcome.is_late
    assert done.seconds < 60


def test_whoever_ignores_signals_is_ended_all_the_same(tmp_path: Path) -> None:
    assert shell(tmp_path, "trap '' TERM INT HUP; while :; do sleep 1; done", seconds=0.3).outcome.is_late


def test_what_it_left_behind_is_ended(tmp_path: Path) -> None:
    done = shell(tmp_path, "sleep 600 & echo $!")
    pid = int(done.printed.read_text())
    for _ in range(100):
        if not is_alive(pid):
            return
        time.sleep(0.05)
    pytest.fail("it goes on")


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_who_prints_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execution, "_MOST_PRINTED", 1_000_000)
    outcome = shell(tmp_path, "yes").outcome
    assert outcome.is_too_much
    assert outcome.is_failure


def test_of_its_messages_the_end_is_kept(tmp_path: Path) -> None:
    messages = shell(tmp_path, "seq 1 100000 >&2; echo last >&2; exit 1").outcome.messages
    assert messages.endswith("\nlast\n")
    assert len(messages) <= 4000


def test_its_memory(tmp_path: Path) -> None:
    words = [sys.executable, "-c", "x = bytearray(80_000_000); x[::4096] = b'x' * len(x[::4096])"]
    assert 80_000_000 < execute(words, tmp_path, os.environ).peak_memory < 400_000_000


def test_an_interpreter_that_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/true")
    with pytest.raises(OutsideError, match="could not be told"):
        shell(tmp_path, "true")
