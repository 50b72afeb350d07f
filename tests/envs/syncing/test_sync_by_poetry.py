"""A project of Poetry's, synced by Poetry under the same plan and transaction as any other."""

import subprocess
import sys
from pathlib import Path

from samestack.envs.syncing.options import SyncOptions
from samestack.envs.syncing.plan import Action, action_of
from samestack.envs.syncing.sync import Synced, sync
from samestack.lock.deciding import decide, write
from samestack.lock.decision import LockOptions
from samestack.progress import SILENT
from samestack.project.manifest import Backend
from samestack.project.reading import read_project
from samestack.solve.uv.uv_program import uv_program
from tests.lock.poetry.conftest import address, index, poetry_cache
from tests.lock.poetry.poetry_projects import project_of

__all__ = ["address", "index", "poetry_cache"]

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


def lock(directory: Path) -> None:
    write(decide(read_project(directory), LockOptions(), SILENT))


def synced(directory: Path) -> Synced:
    return sync(read_project(directory), SyncOptions(python=PYTHON), SILENT)


def actions(done: Synced) -> dict[str, Action]:
    return {change.name: action_of(change) for change in done.survey.plan.changes}


def test_it_is_made_changed_and_then_left_alone(tmp_path: Path, address: str) -> None:
    directory = tmp_path / "demo"
    project_of(directory, address, "alpha")
    lock(directory)
    done = synced(directory)
    assert done.survey.backend is Backend.POETRY
    assert actions(done) == {"alpha": Action.INSTALL, "beta": Action.INSTALL}
    said = subprocess.run([directory / ".venv/bin/say-alpha"], capture_output=True, text=True, check=True)
    assert said.stdout == "2.0\n"
    assert synced(directory).survey.plan.is_empty
    words = ("pip", "uninstall", "--quiet", "--python", directory / ".venv/bin/python", "beta")
    subprocess.run((uv_program(), *words), check=True)
    assert actions(synced(directory)) == {"beta": Action.INSTALL}
    project_of(directory, address, "beta==1.0")
    lock(directory)
    assert actions(synced(directory)) == {"alpha": Action.REMOVE, "beta": Action.DOWNGRADE}
    assert synced(directory).survey.plan.is_empty
    left = [path.name for path in directory.iterdir() if path.name.startswith(".venv.")]
    assert left == []


def test_what_poetry_installs_unasked_is_wanted(tmp_path: Path, address: str) -> None:
    directory = tmp_path / "demo"
    project_of(directory, address, "alpha")
    manifest = directory / "pyproject.toml"
    manifest.write_text(manifest.read_text() + '\n[dependency-groups]\ntest = ["gamma"]\n')
    lock(directory)
    assert "gamma" in actions(synced(directory))
    assert synced(directory).survey.plan.is_empty
