"""The verb run: what runs in the environment, with which signals, and what it says before."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from samestack.envs.managing import registry
from samestack.envs.managing.registry import Registered
from samestack.process import run
from samestack.project.manifest import Backend
from tests.envs.wheel_lock import locked_project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an environment of this Python and no lock."""
    project = tmp_path.resolve() / "project"
    (project / "src").mkdir(parents=True)
    (project / "pyproject.toml").write_text('[project]\nname = "project"\nversion = "1"\n')
    run([sys.executable, "-m", "venv", "--without-pip", project / ".venv"])
    monkeypatch.chdir(project)
    return project


def started(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "samestack", "run", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(*words: str) -> tuple[int, str, str]:
    process = started(*words)
    output, messages = process.communicate(timeout=120)
    return process.returncode, output, messages


def prefix_of(*words: str) -> str:
    status, output, messages = ended(*words, "--", "python", "-c", "import sys; print(sys.prefix)")
    assert (status, messages) == (0, "")
    return output.strip()


def test_the_environment_of_the_project_around_is_taken(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert prefix_of() == f"{project}/.venv"
    monkeypatch.chdir(project / "src")
    assert prefix_of() == f"{project}/.venv"


def test_a_project_and_an_environment_can_be_named(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "other"])
    monkeypatch.chdir(tmp_path)
    assert prefix_of("--project", "project") == f"{project}/.venv"
    assert prefix_of("--environment", "other") == str(tmp_path / "other")


def test_an_environment_where_the_manifest_says(project: Path) -> None:
    (project / ".venv").rename(project / "elsewhere")
    with (project / "pyproject.toml").open("a") as file:
        file.write('[tool.samestack]\nenvironment = "elsewhere"\n')
    assert prefix_of() == f"{project}/elsewhere"


def test_the_directory_and_the_input_are_the_callers_own(project: Path) -> None:
    process = started("cat")
    assert process.communicate("hello", timeout=60)[0] == "hello"
    assert ended("pwd")[1].strip() == str(project)


def test_what_comes_after_the_command_is_its_own(project: Path) -> None:
    show = "import sys; print(sys.argv[1:])"
    assert (
        ended("python", "-c", show, "--sync", "--help", "--", "-x")[1] == "['--sync', '--help', '--', '-x']\n"
    )
    assert ended("--", "python", "-c", show, "--")[1] == "['--']\n"


def test_the_exit_status_is_the_commands(project: Path) -> None:
    assert ended("--", "sh", "-c", "exit 41")[0] == 41


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGUSR1])
def test_signals_arrive_at_the_command(project: Path, number: signal.Signals) -> None:
    answer = "print(number, flush=True), sys.exit(7)"
    script = f"import signal, sys, time\nsignal.signal({int(number)}, lambda number, _: ({answer}))\n"
    with started("--", "python", "-c", f"{script}print('ready', flush=True)\ntime.sleep(60)") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        assert process.stdout.readline() == f"{int(number)}\n"
    assert process.returncode == 7


def test_a_command_that_dies_of_a_signal_died_of_it(project: Path) -> None:
    assert ended("--", "sh", "-c", "kill -KILL $$")[0] == -signal.SIGKILL


def test_a_command_that_is_not_there(project: Path) -> None:
    status, _, messages = ended("--", "nowhere")
    assert (status, messages) == (127, "error: nowhere: command not found\n")


def test_without_an_environment_the_way_to_one_is_told(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / ".venv").rename(tmp_path / "away")
    status, _, messages = ended("--", "true")
    assert status == 2
    assert messages == "error: .venv: there is no environment\n hint: make it with: samestack sync\n"


def test_nothing_to_run(project: Path) -> None:
    status, _, messages = ended("--")
    assert status == 2
    assert "there is nothing to run" in messages


def test_a_use_is_noted(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMESTACK_STATE", str(tmp_path / "state"))
    registry.record(Registered(environment=f"{project}/.venv", backend=Backend.VENV))
    (file,) = (tmp_path / "state/environments").iterdir()
    os.utime(file, (0, 0))
    assert ended("true")[0] == 0
    entry = registry.registered_at(project / ".venv")
    assert entry is not None
    assert entry.used > "2020"


def test_another_environment_that_is_activated_is_left(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", "/other")
    monkeypatch.setenv("CONDA_PREFIX", "/other")
    shown = "import json, os; print(json.dumps([os.environ.get(k) for k in ('VIRTUAL_ENV', 'CONDA_PREFIX')]))"
    assert json.loads(ended("--", "python", "-c", shown)[1]) == [f"{project}/.venv", None]


def test_sync_first_then_run_and_drift_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = locked_project(tmp_path / "locked", alpha="1.0", beta="2.0")
    monkeypatch.chdir(project)
    show = ("python", "-c", "import alpha, beta; print(alpha.__version__, beta.__version__)")
    assert ended("--sync", "--", *show) == (0, "1.0 2.0\n", "")
    assert ended("--", *show) == (0, "1.0 2.0\n", "")
    locked_project(tmp_path / "locked", alpha="1.0", beta="2.1")
    status, output, messages = ended("--", *show)
    assert (status, output) == (0, "1.0 2.0\n")
    assert messages.startswith("samestack: .venv: 1 package is not as its lock says: beta; bring it")
    assert ended("--no-sync", "--", *show) == (0, "1.0 2.0\n", "")
    assert ended("--sync", "--", *show) == (0, "1.0 2.1\n", "")
