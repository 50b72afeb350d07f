"""Plain uv takes the locks: with addresses from anywhere, without them from the files beside the lock."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.capture.entry import capture
from samestack.compare.releases import SEEDS, packages_digest
from samestack.lock.decision import LockOptions
from samestack.model import Kind, Reference
from samestack.solve.uv.uv_program import uv_program
from tests.lock.projects import alone, locked, write_files
from tests.solve.local_index import LocalIndex
from tests.verify.breaking_index import add

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalIndex]:
    patch, made = pytest.MonkeyPatch(), LocalIndex()
    add(made, "alpha", "1.0", "import beta\n", "beta")
    add(made, "beta", "2.0", "")
    with alone(made, patch, tmp_path_factory.mktemp("uv-cache")):
        yield made
    patch.undo()


def synced(lock: Path, place: Path) -> str:
    """The digest of what uv makes of a lock in an environment of its own."""
    uv = uv_program()
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, place], check=True)
    words = ("pip", "sync", "--quiet", "--python", place / "bin/python", lock)
    subprocess.run([uv, *words, "--preview-features", "pylock"], check=True)
    return packages_digest(capture(Reference(Kind.VENV, str(place))).stack, but=SEEDS)


@pytest.mark.parametrize("urls", [True, False])
def test_what_is_installed_has_the_digest_of_the_lock(
    tmp_path: Path, index: LocalIndex, *, urls: bool
) -> None:
    project = write_files(tmp_path / "project", {"requirements.txt": "alpha\n"})
    decision = locked(project, LockOptions(python=PYTHON, platforms=("linux-64",), urls=urls))
    for name, content in ({} if urls else index.files).items():
        (project / name).write_bytes(content)
    assert synced(decision.path, tmp_path / "env") == decision.table.digests["linux-64"]


def test_uv_refuses_the_lock_of_another_python(tmp_path: Path, index: LocalIndex) -> None:
    assert index.files
    project = write_files(tmp_path / "project", {"requirements.txt": "alpha\n"})
    other = "3.9" if PYTHON != "3.9" else "3.10"
    decision = locked(project, LockOptions(python=other, platforms=("linux-64",)))
    with pytest.raises(subprocess.CalledProcessError):
        synced(decision.path, tmp_path / "env")
