"""A sync that is killed at any point: the next one makes the environment whole."""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.cli.main import main
from samestack.compare.releases import packages_digest
from samestack.envs.syncing.observing import observe
from samestack.envs.syncing.options import SyncOptions
from samestack.envs.syncing.survey import survey
from samestack.project.reading import read_project
from tests.envs.small_wheels import lock_text, many_files, project, wheel

KILLS = 20
FILES = 3000
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
SYNC = (sys.executable, "-m", "samestack", "sync", "--python", PYTHON)


@pytest.fixture(scope="module")
def locks(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Two locks that differ in packages with many files."""
    wheels = tmp_path_factory.mktemp("wheels")
    one, other = (
        [
            wheel(wheels, "alpha", version, many_files("alpha", FILES, version)),
            wheel(wheels, "beta", version, many_files("beta", FILES // 4, version), command="beta"),
        ]
        for version in ("1", "2")
    )
    same = wheel(wheels, "gamma", "1")
    return lock_text([*one, same]), lock_text([*other, same])


@pytest.fixture
def example(tmp_path: Path) -> Iterator[Path]:
    directory = project(tmp_path / "example", [])
    yield directory
    shutil.rmtree(directory)


def relock(directory: Path, text: str) -> None:
    (directory / "pylock.toml").write_text(text)


def interrupted(directory: Path, after: float, number: signal.Signals) -> int:
    """Start a sync, send it a signal after some seconds, and return its exit status."""
    with subprocess.Popen(
        SYNC, cwd=directory, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(number)
        return process.wait()


def sync(directory: Path) -> float:
    """Sync to the end; the seconds that it took."""
    started = time.monotonic()
    subprocess.run(SYNC, cwd=directory, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - started


def is_what(example: Path, lock: str) -> bool:
    """Whether the environment is what a lock says; the example then has this lock."""
    relock(example, lock)
    return survey(read_project(example), SyncOptions(python=PYTHON)).plan.is_empty


def assert_is_whole(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = survey(read_project(directory), SyncOptions(python=PYTHON))
    shutil.rmtree(found.place / ".samestack")  # so that it is read, not remembered
    observed = observe(found.place)
    assert observed is not None
    assert packages_digest(observed.stack) == packages_digest(found.locked)
    assert main(["check", f"venv:{found.place}", "--files"]) == 0, capsys.readouterr().out
    assert [path.name for path in directory.iterdir() if path.name.startswith(".venv.")] == []


def test_a_killed_sync_is_mended_by_the_next_one(
    example: Path, locks: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    relock(example, locks[0])
    sync(example)
    shutil.rmtree(example / ".venv")
    longest = sync(example)
    chance = random.Random(20220301)  # noqa: S311 - points in time, not secrets
    killed = 0
    for count in range(KILLS):
        if count % 2:
            relock(example, locks[count // 2 % 2])
        else:
            shutil.rmtree(example / ".venv")
        killed += interrupted(example, chance.uniform(0.0, longest), signal.SIGKILL) == -signal.SIGKILL
        sync(example)
        assert_is_whole(example, capsys)
    assert killed > KILLS / 4, "most ended before they were killed: this has tested little"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_sync_that_is_told_to_end_leaves_the_old_environment_or_the_new_one(
    example: Path, locks: tuple[str, str], capsys: pytest.CaptureFixture[str], number: signal.Signals
) -> None:
    relock(example, locks[0])
    longest = sync(example)
    relock(example, locks[1])
    status = interrupted(example, longest * 0.7, number)
    assert status in {0, 130}
    assert not (example / ".venv/.samestack/journal").exists()
    # Told so at the very end, it has the new one already; if it was not told in time, always.
    assert is_what(example, locks[1]) or (status == 130 and is_what(example, locks[0]))
    assert_is_whole(example, capsys)
