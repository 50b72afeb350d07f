"""Where Poetry is found."""

from pathlib import Path

import pytest

from samestack.errors import InputError, OutsideError
from samestack.lock.decision import LockOptions
from samestack.lock.poetry import poetry_program as module
from samestack.lock.poetry.decide import decide
from samestack.lock.poetry.poetry_program import poetry_program
from samestack.progress import SILENT
from samestack.project.manifest import Constraint
from samestack.project.reading import read_project
from tests.lock.poetry.poetry_projects import project_of
from tests.solve.local_index import LocalIndex


def fake(path: Path, said: str, status: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{said}'\nexit {status}\n")
    path.chmod(0o755)
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user who has no Poetry, but for the one beside samestack."""
    for name in ("POETRY_HOME", "PIPX_HOME", "UV_TOOL_DIR", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:/usr/bin:/bin")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return tmp_path


def require(directory: Path, text: str) -> None:
    (directory / "pyproject.toml").write_text(f'[tool.poetry]\nrequires-poetry = "{text}"\n')


def test_that_on_path_comes_first(home: Path) -> None:
    fake(home / ".local/share/pipx/venvs/poetry/bin/poetry", "Poetry (version 2.1.0)")
    path = fake(home / "bin/poetry", "Poetry (version 1.8.3)")
    found = poetry_program(home)
    assert (found.words, found.version, found.source, found.major) == ((str(path),), "1.8.3", "PATH", 1)


def test_a_shim_that_does_not_run_is_passed_over(home: Path) -> None:
    fake(home / "bin/poetry", "pyenv: poetry: command not found", 127)
    fake(home / ".local/share/pipx/venvs/poetry/bin/poetry", "Poetry (version 2.1.0)")
    assert poetry_program(home).source == "pipx"


def test_the_project_has_a_say(home: Path) -> None:
    fake(home / "bin/poetry", "Poetry (version 1.8.3)")
    fake(home / ".local/share/uv/tools/poetry/bin/poetry", "Poetry (version 2.1.0)")
    require(home, ">=2.0")
    assert poetry_program(home).source == "uv tool"


def test_one_that_is_too_old_is_passed_over(home: Path) -> None:
    fake(home / "bin/poetry", "Poetry (version 1.1.13)")
    found = poetry_program(home)
    assert found.source == "beside samestack"
    assert found.major == 2


def test_none_that_the_project_accepts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_OFFLINE", "1")
    fake(home / "bin/poetry", "Poetry (version 1.8.3)")
    require(home, "==99.0")
    with pytest.raises(OutsideError, match=r"Poetry ==99\.0 is not here.* passed over: 1\.8\.3 \(PATH\)"):
        poetry_program(home)


def test_a_requirement_that_is_none(home: Path) -> None:
    require(home, "two")
    with pytest.raises(InputError, match=r"tool\.poetry\.requires-poetry"):
        poetry_program(home)


@pytest.mark.registry
def test_one_that_uv_fetches_works_without_a_network_from_then_on(
    home: Path, monkeypatch: pytest.MonkeyPatch, address: str, index: LocalIndex
) -> None:
    """And it is a Poetry of the first kind, whose options are others."""
    index.is_json = False  # it does not understand the newer form
    monkeypatch.setattr(module, "_candidates", lambda _: iter(()))
    project = project_of(home / "demo", address, "alpha")
    manifest = home / "demo/pyproject.toml"
    manifest.write_text(
        manifest.read_text()
        .replace("[project]\n", "[tool.poetry]\n", 1)
        .replace('requires-python = ">=3.9,<4"\n', "")
        .replace('dependencies = ["alpha"]\n\n[tool.poetry]\n', 'authors = []\ndescription = ""\n')
        + '\n[tool.poetry.dependencies]\npython = ">=3.9,<4"\nalpha = "*"\n'
    )
    monkeypatch.setattr(module, "_OWN", "==1.8.5")
    assert poetry_program(project.directory).source == "fetched by uv"
    monkeypatch.setenv("UV_OFFLINE", "1")
    project = read_project(project.directory)
    constraints = (Constraint(requirement="beta<2", reason="to see"),)
    decision = decide(project, LockOptions(constraints=constraints), SILENT)
    assert "Poetry 1.8.5" in decision.table.created_by
    assert b'name = "beta"\nversion = "1.0"' in decision.data
