"""From ``environment.yml`` to a program that runs, as a user goes it: lock, sync, run, change, again."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.envs.conda.prefixes import captured
from tests.lock.conda.deciding import project

pytestmark = pytest.mark.registry


def samestack(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "samestack", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_lock_sync_run_and_change(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", "numpy", "libblas=3.9=20*", pip=["six"])
    assert samestack("lock", tmp_path).returncode == 0
    assert samestack("lock", tmp_path, "--check").returncode == 0
    synced = samestack("sync", tmp_path)
    assert (synced.returncode, synced.stderr) == (0, synced.stderr)
    assert samestack("sync", tmp_path, "--check").returncode == 0
    ran = samestack(
        "run", "--project", tmp_path, "--", "python", "-c", "import numpy, six; print(numpy.sum([1, 2]))"
    )
    assert (ran.stdout.strip(), ran.returncode) == ("3", 0)
    checked = samestack("check", f"conda:{tmp_path / '.venv'}", "--imports")
    assert "0 errors" in checked.stdout or "nothing found" in checked.stdout


def test_a_library_that_changed_is_a_change(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", "libblas=3.9=20*")
    samestack("lock", tmp_path)
    samestack("sync", tmp_path)
    project(tmp_path, channel, "python=3.10", "libblas=3.9=21*")
    samestack("lock", tmp_path)
    assert samestack("sync", tmp_path, "--check").returncode == 1
    assert samestack("sync", tmp_path).returncode == 0
    (library,) = [one for one in captured(tmp_path / ".venv").stack if one.name == "libblas"]
    assert library.build == "21_mkl"


def test_a_conflict_is_told_and_nothing_is_written(channel: Path, tmp_path: Path) -> None:
    project(tmp_path, channel, "python=3.10", "numpy>=2")
    locked = samestack("lock", tmp_path)
    assert locked.returncode == 1
    assert "numpy>=2" in locked.stdout + locked.stderr
    assert "Traceback" not in locked.stderr
    assert not (tmp_path / "pixi.lock").exists()
