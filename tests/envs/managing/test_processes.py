"""Real processes that run in an environment, or beside it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from samestack.envs.managing.processes import processes_in
from samestack.envs.running.running import activation
from samestack.process import run

WAIT = "import sys; print('ready', flush=True); sys.stdin.read()"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("environment").resolve() / "v"
    run([sys.executable, "-m", "venv", "--without-pip", path])
    return path


@contextmanager
def started(*words: str | Path, directory: Path, **variables: str) -> Iterator[int]:
    """A process that has said that it is ready, until the end of the context."""
    with subprocess.Popen(
        [str(word) for word in words],
        cwd=directory,
        env={**os.environ, **variables},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process.pid


def numbers(environment: Path) -> list[int]:
    return [one.number for one in processes_in(environment)]


def test_an_interpreter_that_was_started_by_its_path(environment: Path, tmp_path: Path) -> None:
    assert numbers(environment) == []
    with started(environment / "bin/python", "-c", WAIT, directory=tmp_path) as number:
        (found,) = processes_in(environment)
        assert found.number == number
        assert found.command.startswith(f"{environment}/bin/python -c import sys")


def test_by_a_path_from_where_it_stands_and_by_a_link(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(environment.parent)
    for word, directory in (
        ("v/bin/python", environment.parent),
        (f"{tmp_path}/link/v/bin/python", tmp_path),
    ):
        with started(word, "-c", WAIT, directory=directory) as number:
            assert numbers(environment) == [number]


def test_by_its_name_where_the_environment_is_activated(environment: Path, tmp_path: Path) -> None:
    variables = activation(environment, os.environ).variables
    with started("/usr/bin/env", "python", "-c", WAIT, directory=tmp_path, **variables) as number:
        deadline = time.monotonic() + 30
        while numbers(environment) != [number] and time.monotonic() < deadline:
            time.sleep(0.05)
        assert numbers(environment) == [number]


def test_another_interpreter_that_has_loaded_a_library_of_it(environment: Path, tmp_path: Path) -> None:
    source = next(Path(sys.base_prefix, "lib").glob("python3*/lib-dynload/_json*.so"))
    library = environment / "lib" / source.name
    library.write_bytes(source.read_bytes())
    load = f"import ctypes; ctypes.CDLL('{library}'); {WAIT}"
    with started(sys.executable, "-c", load, directory=tmp_path) as number:
        assert numbers(environment) == [number]


def test_a_shell_that_has_activated_it_runs_nothing_of_it(environment: Path, tmp_path: Path) -> None:
    variables = activation(environment, os.environ).variables
    with started("/bin/sh", "-c", "echo ready; read line", directory=environment, **variables):
        assert numbers(environment) == []
