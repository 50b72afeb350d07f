"""``samestack run --profile``: nothing starts that is not right; signals, output and status pass through."""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

CANARY = "canary-93ab5e"
MANIFEST = """
[tool.samestack.config.fields]
API_KEY = { type = "string", secret = true, required = ["production"] }
LOG_LEVEL = { type = "string", enum = ["DEBUG", "INFO"], required = true }
MAX_WORKERS = { type = "integer", minimum = 1, default = 2 }
"""
SHOW = (
    "import os; print(*(f'{n}={os.environ.get(n)}' for n in ('LOG_LEVEL','MAX_WORKERS','API_KEY','SHOWN')))"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that has no environment of its own: its program need not be Python."""
    (tmp_path / "config").mkdir()
    (tmp_path / "pyproject.toml").write_text(MANIFEST)
    (tmp_path / "config/development.toml").write_text('log_level = "DEBUG"\n')
    (tmp_path / "config/production.toml").write_text('log_level = "INFO"\nmax_workers = 20\n')
    return tmp_path


def words(project: Path, *arguments: str, code: str = SHOW) -> list[str]:
    run = (sys.executable, "-m", "samestack", "run", "--project", str(project))
    return [*run, *arguments, "--", sys.executable, "-u", "-c", code]


def ran(
    project: Path, *arguments: str, code: str = SHOW, **variables: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        words(project, *arguments, code=code),
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


class TestWhatItIsGiven:
    def test_the_profile(self, project: Path) -> None:
        assert (
            ran(project, "--profile", "development").stdout
            == "LOG_LEVEL=DEBUG MAX_WORKERS=2 API_KEY=None SHOWN=None\n"
        )
        done = ran(project, "--profile", "production", API_KEY=CANARY, SHOWN="yes")
        assert (done.stdout, done.stderr) == (
            f"LOG_LEVEL=INFO MAX_WORKERS=20 API_KEY={CANARY} SHOWN=yes\n",
            "",
        )

    def test_a_value_for_this_once(self, project: Path) -> None:
        assert "MAX_WORKERS=7" in ran(project, "--set", "MAX_WORKERS=7").stdout

    def test_some_of_it_in_a_pristine_environment(self, project: Path) -> None:
        done = ran(project, "--only", "MAX_WORKERS", "--pristine", SHOWN="no", API_KEY=CANARY)
        assert done.stdout == "LOG_LEVEL=None MAX_WORKERS=2 API_KEY=None SHOWN=None\n"

    def test_without_a_profile_it_is_the_command_alone(self, project: Path) -> None:
        done = ran(project, "--environment", str(project))
        assert done.returncode == 2
        assert "there is no environment" in done.stderr


class TestWhatIsWrong:
    def test_nothing_starts(self, project: Path) -> None:
        (project / "config/production.toml").write_text(f'max_workers = "{CANARY}"\nlog_levle = "INFO"\n')
        done = ran(project, "--profile", "production")
        assert done.returncode == 1
        assert done.stdout == ""
        assert CANARY not in done.stderr
        for said in ("MAX_WORKERS", "LOG_LEVLE", "API_KEY", "config/production.toml"):
            assert said in done.stderr

    def test_a_store_that_is_down(self, project: Path) -> None:
        table = '[tool.samestack.config.profiles.production]\nsources = ["consul:app"]\n'
        (project / "pyproject.toml").write_text(table + MANIFEST)
        done = ran(project, "--profile", "production", CONSUL_HTTP_ADDR="http://127.0.0.1:1", API_KEY=CANARY)
        assert done.returncode == 3
        assert "consul:app" in done.stderr

    def test_a_secret_on_the_command_line(self, project: Path) -> None:
        done = ran(project, "--set", f"API_KEY={CANARY}")
        assert done.returncode == 1
        assert CANARY not in done.stdout + done.stderr
        for wrong in (CANARY, f"={CANARY}", f"A B={CANARY}"):
            refused = ran(project, "--set", wrong)
            assert refused.returncode == 2
            assert CANARY not in refused.stderr


class TestItEndsAsItsCommandDoes:
    @pytest.mark.parametrize("more", [(), ("--redact",), ("--watch",)])
    def test_with_its_status(self, project: Path, more: tuple[str, ...]) -> None:
        assert ran(project, *more, "--set", "MAX_WORKERS=1", code="raise SystemExit(37)").returncode == 37

    @pytest.mark.parametrize("more", [(), ("--redact",), ("--watch",)])
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGUSR1])
    def test_by_the_signal_that_it_is_sent(self, project: Path, more: tuple[str, ...], number: int) -> None:
        handler = f"signal.signal({number}, lambda *_: exit(42))"
        code = f"import signal, time; {handler}; print('ready'); time.sleep(60)"
        with started(project, *more, "--set", "MAX_WORKERS=1", code=code) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            process.send_signal(number)
            assert process.wait(30) == 42

    @pytest.mark.parametrize("more", [(), ("--redact",)])
    def test_by_a_signal_of_its_own(self, project: Path, more: tuple[str, ...]) -> None:
        done = ran(project, *more, "--set", "MAX_WORKERS=1", code="import os; os.kill(os.getpid(), 9)")
        assert done.returncode == -9

    @pytest.mark.parametrize("more", [(), ("--redact",)])
    def test_one_that_is_not_there(self, project: Path, more: tuple[str, ...]) -> None:
        command = [*words(project, *more, "--set", "MAX_WORKERS=1")[:-4], "no-such-command"]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 127


def started(project: Path, *arguments: str, code: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(words(project, *arguments, code=code), stdout=subprocess.PIPE, text=True)


class TestRedaction:
    LEAK = """
import os, sys
key = os.environ["API_KEY"]
print("key", key)
print(key, file=sys.stderr)
sys.stdout.write(key[:4])
sys.stdout.flush()
print(key[4:])
"""

    def test_secrets_are_masked_in_both_streams(self, project: Path) -> None:
        done = ran(project, "--profile", "production", "--redact", code=self.LEAK, API_KEY=CANARY)
        assert done.stdout == "key ********\n********\n"
        assert done.stderr == "********\n"

    def test_a_terminal_stays_one(self, project: Path) -> None:
        outer, inner = pty.openpty()
        code = "import os, sys; print(sys.stdout.isatty(), os.environ['API_KEY'])"
        command = words(project, "--profile", "production", "--redact", code=code)
        with subprocess.Popen(command, stdout=inner, env={**os.environ, "API_KEY": CANARY}) as process:
            os.close(inner)
            assert _all(outer) == b"True ********\r\n"
            assert process.wait(30) == 0


def _all(descriptor: int) -> bytes:
    pieces: list[bytes] = []
    while True:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:
            piece = b""
        if not piece:
            os.close(descriptor)
            return b"".join(pieces)
        pieces.append(piece)


class TestWatching:
    CODE = "import os, time; print(os.environ['MAX_WORKERS']); time.sleep(120)"

    @pytest.fixture
    def process(self, project: Path) -> Iterator["subprocess.Popen[str]"]:
        with started(project, "--profile", "development", "--watch", code=self.CODE) as process:
            yield process
            process.terminate()

    def test_it_is_started_anew_when_a_source_changes(
        self, project: Path, process: "subprocess.Popen[str]"
    ) -> None:
        assert process.stdout is not None
        assert process.stdout.readline() == "2\n"
        own = project / "config/development.toml"
        own.write_text('log_level = "nonsense"\n')  # goes on with what it has
        time.sleep(3)
        own.write_text('log_level = "DEBUG"\nmax_workers = 9\n')
        assert process.stdout.readline() == "9\n"
        assert process.poll() is None
