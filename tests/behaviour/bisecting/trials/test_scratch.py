"""Directories of trials: each is gone in the end, whoever has to see to it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samestack.behaviour.bisecting.trials.scratch import clear_away, scratch_directory

HOLDING = """\
from samestack.behaviour.bisecting.trials.scratch import scratch_directory
with scratch_directory() as scratch:
    (scratch / "file").touch()
    print(scratch, flush=True)
    input()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    clear_away.cache_clear()
    return tmp_path


def begin() -> "subprocess.Popen[str]":
    words = [sys.executable, "-c", HOLDING]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def make_old(path: Path) -> None:
    long_ago = time.time() - 3600
    os.utime(path, (long_ago, long_ago))


def test_it_is_removed_with_what_is_in_it(temporary: Path) -> None:
    with scratch_directory() as scratch:
        (scratch / "deep").mkdir()
        assert scratch.parent == temporary
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_goes_and_what_is_held_stays(temporary: Path) -> None:
    with begin() as killed, begin() as working:
        assert killed.stdout is not None
        assert working.stdout is not None
        left, held = (Path(one.stdout.readline().strip()) for one in (killed, working) if one.stdout)
        killed.kill()
        killed.wait()
        fresh = temporary / "samestack-trial-fresh"
        fresh.mkdir()
        elsewhere = temporary / "samestack-trial-link"
        elsewhere.symlink_to(temporary / "samestack-trial-fresh")
        for path in (left, held):
            make_old(path)
        clear_away(temporary)
        assert (left.exists(), held.exists(), fresh.exists(), elsewhere.is_symlink()) == (
            False,
            True,
            True,
            True,
        )
        working.kill()
