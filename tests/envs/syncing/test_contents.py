"""What a sync remembers of an environment is what reading it would find; and only as long as it is so."""

import shutil
import sys
from pathlib import Path

import pytest

from samestack.compare.releases import releases
from samestack.envs.syncing.contents import remembered
from samestack.envs.syncing.observing import observe
from samestack.envs.syncing.options import SyncOptions
from samestack.envs.syncing.sync import sync
from samestack.progress import SILENT
from samestack.project.reading import read_project
from tests.envs.small_wheels import lock_text, project, wheel

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    wheels = [wheel(tmp_path / "wheels", "alpha", "1.0"), wheel(tmp_path / "wheels", "beta", "2.0")]
    return project(tmp_path / "example", wheels)


def synced(directory: Path) -> Path:
    return sync(read_project(directory), SyncOptions(python=PYTHON), SILENT).survey.place


def assert_remembers_what_is_there(place: Path) -> None:
    memory = remembered(place)
    shutil.rmtree(place / ".samestack")
    found = observe(place)
    assert memory is not None
    assert found is not None
    assert releases(memory.stack) == releases(found.stack)
    assert (memory.kind, memory.python) == (found.kind, found.python)


def test_after_a_new_environment(example: Path) -> None:
    assert_remembers_what_is_there(synced(example))


def test_after_a_change(example: Path, tmp_path: Path) -> None:
    synced(example)
    wheels = [wheel(tmp_path / "wheels", "alpha", "1.1"), wheel(tmp_path / "wheels", "gamma", "1")]
    (example / "pylock.toml").write_text(lock_text(wheels))
    assert_remembers_what_is_there(synced(example))


def test_it_ends_with_the_first_change(example: Path) -> None:
    place = synced(example)
    site = next(place.glob("lib/python*/site-packages"))
    (site / "new.py").touch()
    assert remembered(place) is None


def test_a_copy_has_no_memory(example: Path, tmp_path: Path) -> None:
    place = synced(example)
    shutil.copytree(place, tmp_path / "copy", symlinks=True)
    assert remembered(tmp_path / "copy") is None
    assert remembered(place) is not None


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_what_is_no_memory_is_none(example: Path, damage: bytes) -> None:
    place = synced(example)
    (place / ".samestack/contents").write_bytes(damage)
    assert remembered(place) is None
    assert observe(place) is not None
