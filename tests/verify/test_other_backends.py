"""The same search for locks of conda and of Poetry: each is built by its own installer."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.capture.real_environments import interpreter_of_series
from tests.conda_channel import add_package, index_channel
from tests.lock.conda.deciding import project as conda_project
from tests.lock.poetry.conftest import address, index, poetry_cache
from tests.lock.poetry.poetry_projects import project_of as poetry_project
from tests.real_conda_packages import add_python
from tests.solve.local_index import LocalIndex
from tests.verify.breaking_index import add, module_files, verified

__all__ = ["address", "index", "poetry_cache"]

SERIES = "3.10"
SITE = f"lib/python{SERIES}/site-packages"


def add_module(channel: Path, name: str, version: str, code: str, *needs: str, year: int) -> None:
    """A conda package that brings one module."""
    files = module_files(name, version, code, needs)
    add_package(
        channel,
        f"{name}-{version}-py310_0",
        depends=[f"python {SERIES}.*", *needs],
        files={f"{SITE}/{path}": text.encode() for path, text in files.items()},
        uploaded=datetime(year, 1, 1, tzinfo=UTC),
    )


@pytest.fixture
def channel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Python of this machine, and packages of which one breaks another."""
    monkeypatch.setenv("RATTLER_CACHE_DIR", str(tmp_path / "rattler"))
    directory = tmp_path / "channel"
    add_python(directory, interpreter_of_series(SERIES))
    for number in range(1, 6):
        code = "old = 1" if number < 4 else "new = 1"
        add_module(directory, "beta", f"{number}.0", code, year=2019 + number)
    add_module(directory, "alpha", "1.0", "from beta import old", "beta", year=2021)
    index_channel(directory)
    return directory


def test_a_conda_package_is_held_off(channel: Path, tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    manifest = f'python = "{SERIES}"\nplatforms = ["linux-64"]\n'
    project = conda_project(tmp_path / "project", channel, "alpha=1.0", manifest=manifest)
    found = verified(project)
    assert found.is_whole, (found.findings, found.notes, found.trials)
    assert [one.requirement for one in found.constraints] == ["beta<4"]
    assert found.decision.path.name == "pixi.lock"
    assert found.python.startswith(SERIES)
    assert len(found.trials) <= 6


def test_a_package_of_a_poetry_project_is_held_off(index: LocalIndex, address: str, tmp_path: Path) -> None:
    for number in range(1, 4):
        code = "old = 1" if number < 3 else "new = 1"
        add(index, "beta", f"{number}.0", code, day=f"{2019 + number}-01-01")
    add(index, "alpha", "1.0", "from beta import old", "beta", day="2021-06-01")
    project = poetry_project(tmp_path / "project", address, "alpha==1.0")
    found = verified(project.directory)
    assert found.is_whole, (found.findings, found.notes, found.trials)
    assert [one.requirement for one in found.constraints] == ["beta<3"]
    assert found.decision.path.name == "poetry.lock"
    assert not (project.directory / "poetry.lock").exists()
