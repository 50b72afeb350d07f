"""Programs that are started, watched, and ended with everything that they have started."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samestack.errors import OutsideError
from samestack.process import answered, attended, lines, piped, spawn


def python(text: str) -> list[str]:
    return [sys.executable, "-c", text]


def test_lines_come_as_they_are_written(tmp_path: Path) -> None:
    told = lines(python("print(1, flush=True); input(); print(2)"), directory=tmp_path, environment={})
    assert next(told) == "1\n"
    with pytest.raises(OutsideError, match="EOFError"):
        list(told)


def test_a_program_gets_only_what_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    told = lines(python("import os; print(sorted(os.environ))"), directory=tmp_path, environment={"A": "b"})
    said = "".join(told)
    assert "'A'" in said
    assert "SECRET" not in said


def test_a_program_dies_with_the_iteration(tmp_path: Path) -> None:
    beat = tmp_path / "beat"
    script = (
        "import time\nwhile True:\n print(1, flush=True)\n open('beat', 'a').write('x')\n time.sleep(0.01)"
    )
    told = lines(python(script), directory=tmp_path, environment={})
    next(told)
    told.close()  # type: ignore[attr-defined]
    size = beat.stat().st_size if beat.exists() else 0
    time.sleep(0.2)
    assert (beat.stat().st_size if beat.exists() else 0) == size


def test_a_program_that_fails_or_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="ended with status 3:\nno more"):
        list(
            lines(
                python("import sys; sys.stderr.write('no more'); sys.exit(3)"),
                directory=tmp_path,
                environment={},
            )
        )
    with pytest.raises(OutsideError, match="cannot be started"):
        list(lines(["/nowhere/at/all"], directory=tmp_path, environment={}))


def becoming(*words: str, path: str = os.defpath) -> list[str]:
    """A process that prints a word and becomes these."""
    script = (
        "import os, sys; from samestack.errors import SamestackError; from samestack.process import become"
    )
    return python(
        f"{script}\nprint('before')\ntry: become({words!r}, {{'PATH': {path!r}, 'A': 'b'}})\n"
        "except SamestackError as error: print(error); sys.stdout.flush(); os._exit(error.exit_status)"
    )


def ended(words: list[str]) -> tuple[int, str]:
    finished = subprocess.run(words, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    return finished.returncode, finished.stdout.removeprefix("before\n")


def test_a_process_becomes_another_with_all_that_it_is_given() -> None:
    assert ended(becoming("env")) == (0, f"PATH={os.defpath}\nA=b\n")
    assert ended(becoming("sh", "-c", "exit 7")) == (7, "")


def test_the_number_of_the_process_stays_and_signals_arrive() -> None:
    waiting = becoming(
        sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    )
    with subprocess.Popen(waiting, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "before\n"
        assert int(process.stdout.readline()) == process.pid
        process.send_signal(signal.SIGTERM)
    assert process.returncode == -signal.SIGTERM


def test_what_python_ignores_for_itself_is_not_ignored_for_others() -> None:
    script = becoming("sh", "-c", "kill -PIPE $$; echo alive")
    assert ended(script)[0] == -signal.SIGPIPE


def test_a_command_that_is_not_there_or_no_program_is_told_as_by_a_shell(tmp_path: Path) -> None:
    assert ended(becoming("nowhere")) == (127, "nowhere: command not found\n")
    assert ended(becoming("/nowhere/at/all"))[0] == 127
    (tmp_path / "text").write_text("no program")
    (tmp_path / "text").chmod(0o755)
    status, said = ended(becoming("text", path=str(tmp_path)))
    assert (status, said) == (126, "text: cannot be started: Exec format error\n")
    assert ended(becoming(str(tmp_path)))[0] == 126
    (tmp_path / "moved").write_text("#!/nowhere/bin/python\n")
    (tmp_path / "moved").chmod(0o755)
    said = f"{tmp_path}/moved: the interpreter that its first line names is missing\n"
    assert ended(becoming("moved", path=str(tmp_path))) == (126, said)


class TestAnswered:
    def ask(self, code: str, question: bytes = b"", *, seconds: float = 30, most_bytes: int = 1000) -> bytes:
        return answered(
            [sys.executable, "-c", code],
            question,
            directory=Path.cwd(),
            environment={"GIVEN": "yes"},
            seconds=seconds,
            most_bytes=most_bytes,
        )

    def test_the_first_line_alone(self) -> None:
        code = "import os, sys; print(sys.stdin.read() + os.environ['GIVEN']); print('more')"
        assert self.ask(code, b"given: ") == b"given: yes\n"

    def test_not_more_than_may_be(self) -> None:
        assert self.ask("print('x' * 5000)") == b"x" * 1000

    def test_nothing_where_it_fails_or_does_not_read(self) -> None:
        assert self.ask("raise SystemExit('canary')", b"x" * 1_000_000) == b""

    def test_not_for_ever_and_its_children_end_with_it(self, tmp_path: Path) -> None:
        code = f"import subprocess as s; s.Popen(['sh', '-c', 'sleep 2; touch {tmp_path}/late']).wait()"
        with pytest.raises(OutsideError, match=r"did not answer within 0\.5 seconds"):
            self.ask(code, seconds=0.5)
        time.sleep(2.2)
        assert not (tmp_path / "late").exists()

    def test_one_that_is_not_there(self) -> None:
        with pytest.raises(OutsideError, match="cannot be started"):
            answered(["/nowhere"], b"", directory=Path.cwd(), environment={}, seconds=1, most_bytes=1)


def test_more_than_a_pipe_holds_goes_both_ways(tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    with piped(["cat"], directory=tmp_path, data=data) as stream:
        assert stream.read() == data


def test_a_program_that_somebody_attends_ends_with_its_own_status() -> None:
    assert attended([sys.executable, "-c", "raise SystemExit(7)"]) == 7


def test_a_spawned_one_writes_where_it_is_told() -> None:
    ours, its = os.pipe()
    identity = spawn([sys.executable, "-c", "print('told')"], {"PATH": os.environ["PATH"]}, {1: its})
    os.close(its)
    with os.fdopen(ours) as stream:
        assert stream.read() == "told\n"
    assert os.waitpid(identity, 0)[1] == 0
