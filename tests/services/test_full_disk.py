"""A disk that is full: the old environment stays as it was, and the error says what to do."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.envs.syncing.observing import observe
from samestack.envs.syncing.options import SyncOptions
from samestack.envs.syncing.sync import sync
from samestack.errors import OutsideError
from samestack.progress import SILENT
from samestack.project.reading import read_project
from tests.envs.small_wheels import lock_text, many_files, project, wheel
from tests.services.requirement import require_program, unavailable

pytestmark = pytest.mark.service

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
MEGABYTE = "# " + "x" * 2**20


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    words = (require_program("mount"), "-t", "tmpfs", "-o", "size=6m", "tmpfs", place)
    mounted = subprocess.run(words, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        unavailable(f"a small disk cannot be mounted: {mounted.stderr.strip()}")
    yield place
    subprocess.run((require_program("umount"), "--lazy", place), check=True)


def synced(directory: Path) -> dict[str, str | None]:
    sync(read_project(directory), SyncOptions(python=PYTHON), SILENT)
    return packages(directory)


def packages(directory: Path) -> dict[str, str | None]:
    found = observe(directory / ".venv")
    return {} if found is None else {one.name: one.version for one in found.stack if one.name != "python"}


def large(directory: Path, name: str, version: str, megabytes: int) -> Path:
    """A wheel that takes as much room on a disk, though its archive does not."""
    modules = {f"{name}/part{number}.py": MEGABYTE for number in range(megabytes)}
    return wheel(directory, name, version, modules)


def test_a_new_environment_for_which_there_is_no_room(disk: Path, tmp_path: Path) -> None:
    example = project(disk / "example", [large(tmp_path / "wheels", "alpha", "1.0", 12)])
    with pytest.raises(OutsideError, match="No space left") as caught:
        synced(example)
    assert caught.value.hint is not None
    assert "make room" in caught.value.hint
    assert sorted(path.name for path in example.iterdir()) == ["pylock.toml", "pyproject.toml"]


def test_a_change_for_which_there_is_no_room(disk: Path, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    old = wheel(wheels, "alpha", "1.0", many_files("alpha", 20))
    example = project(disk / "example", [old, wheel(wheels, "beta", "1.0")])
    assert synced(example) == {"alpha": "1.0", "beta": "1.0"}
    before = {path: path.read_bytes() for path in _files(example)}
    new = [large(wheels, "alpha", "2.0", 12), wheel(wheels, "beta", "2.0")]
    (example / "pylock.toml").write_text(lock_text(new))
    with pytest.raises(OutsideError, match="No space left"):
        synced(example)
    assert {path: path.read_bytes() for path in _files(example)} == before
    assert packages(example) == {"alpha": "1.0", "beta": "1.0"}
    assert not (example / ".venv/.samestack/journal").exists()
    (example / "pylock.toml").write_text(lock_text([old, wheel(wheels, "beta", "2.0")]))
    assert synced(example) == {"alpha": "1.0", "beta": "2.0"}


def test_a_disk_that_is_mounted_where_the_environment_is_to_be(disk: Path, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    example = project(tmp_path / "example", [wheel(wheels, "alpha", "1.0")])
    options = SyncOptions(python=PYTHON, environment=disk)
    sync(read_project(example), options, SILENT)
    (disk / "bin/python").unlink()
    (example / "pylock.toml").write_text(lock_text([wheel(wheels, "alpha", "2.0")]))
    done = sync(read_project(example), options, SILENT)
    assert done.survey.plan.anew == "its interpreter is gone"
    found = observe(disk)
    assert found is not None
    assert {one.name: one.version for one in found.stack if one.name != "python"} == {"alpha": "2.0"}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".disk")] == []


def _files(example: Path) -> list[Path]:
    everything = (example / ".venv").rglob("*")
    return [path for path in everything if path.is_file() and ".samestack" not in path.parts]
