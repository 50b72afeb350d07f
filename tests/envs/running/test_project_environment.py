"""Where the environment of a project is, and in which project one is."""

from pathlib import Path

import pytest

from samestack.envs.running.project_environment import SIGNS, USUAL, environment_of, project_around
from samestack.errors import InputError, RequestError
from samestack.project.manifest import LOCK_NAMES, Manifest


def test_what_is_usual_is_what_the_manifest_says() -> None:
    assert Manifest().environment == USUAL
    assert set(LOCK_NAMES.values()) <= set(SIGNS)


def test_the_manifest_may_say_else(tmp_path: Path) -> None:
    assert environment_of(tmp_path) == tmp_path / ".venv"
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "1"\n')
    assert environment_of(tmp_path) == tmp_path / ".venv"
    with (tmp_path / "pyproject.toml").open("a") as file:
        file.write('[tool.samestack]\nenvironment = "env"\n')
    assert environment_of(tmp_path) == tmp_path / "env"


def test_a_malformed_manifest_and_no_directory_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.samestack]\nenvironment = 1\n")
    with pytest.raises(InputError, match="environment"):
        environment_of(tmp_path)
    with pytest.raises(RequestError, match="no such directory"):
        environment_of(tmp_path / "nowhere")


@pytest.mark.parametrize("sign", SIGNS)
def test_the_nearest_project_counts(tmp_path: Path, sign: str) -> None:
    deep = tmp_path / "outer/inner/source/deep"
    deep.mkdir(parents=True)
    for project in (tmp_path / "outer", tmp_path / "outer/inner"):
        (project / sign).touch()
    assert project_around(deep) == tmp_path / "outer/inner"
    assert project_around(tmp_path / "outer") == tmp_path / "outer"


def test_an_environment_makes_a_project_too(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/.venv").mkdir()
    assert project_around(tmp_path / "a/b") == tmp_path / "a/b"
    (tmp_path / "a/.venv/pyvenv.cfg").touch()
    assert project_around(tmp_path / "a/b") == tmp_path / "a"
