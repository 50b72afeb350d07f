"""The verb lock with --verify on small wheels that break each other: built, imported, mended and written."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.cli.main import main
from samestack.lock.table_text import table_of
from samestack.project.reading import read_project
from tests.lock.projects import alone
from tests.solve.local_index import LocalIndex
from tests.verify.breaking_index import add, project_of

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture(scope="module", autouse=True)
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Alpha wants a name that beta 2 no longer has; gamma breaks whatever is chosen."""
    patch, made = pytest.MonkeyPatch(), LocalIndex()
    add(made, "alpha", "1.0", "from beta import old\n", "beta", day="2022-06-01")
    add(made, "beta", "1.9", "old = 1\n", day="2022-01-01")
    add(made, "beta", "2.0", "new = 1\n", day="2023-01-01")
    add(made, "gamma", "1.0", "import nothing_that_is_there\n")
    with alone(made, patch, tmp_path_factory.mktemp("uv-cache")):
        yield
    patch.undo()


def project(tmp_path: Path, *requirements: str) -> Path:
    return project_of(tmp_path / "project", *requirements, more=f'python = "{PYTHON}"\n')


def lock(capsys: pytest.CaptureFixture[str], *words: object, status: int = 0) -> str:
    found = main(["lock", "--verify", *map(str, words)])
    said = capsys.readouterr()
    assert found == status, said
    return said.out


def test_the_constraint_that_mends_is_written_with_the_lock(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = project(tmp_path, "alpha")
    said = lock(capsys, directory)
    (constraint,) = read_project(directory).manifest.constraints
    assert constraint.requirement.startswith("beta<2")
    assert constraint.reason
    assert f'+requirement = "{constraint.requirement}"' in said
    table = table_of(directory / "pylock.toml")
    assert table.verified.startswith(f"linux-64, Python {PYTHON}.")
    assert "beta" in (directory / "pylock.toml").read_text()
    assert main(["lock", str(directory), "--check"]) == 0
    assert "verified: built and imported on linux-64" in capsys.readouterr().out
    assert "is current" in lock(capsys, directory)


def test_a_dry_run_changes_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    directory = project(tmp_path, "alpha")
    before = (directory / "pyproject.toml").read_text()
    assert "nothing was written" in lock(capsys, directory, "--dry-run")
    assert (directory / "pyproject.toml").read_text() == before
    assert not (directory / "pylock.toml").exists()


def test_what_cannot_be_mended_is_told_and_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = project(tmp_path, "gamma")
    assert "nothing_that_is_there" in lock(capsys, directory, status=1)
    assert not (directory / "pylock.toml").exists()
    document = json.loads(lock(capsys, directory, "--format", "json", status=1))
    assert document["is_written"] is False
    assert document["verification"]["is_whole"] is False
