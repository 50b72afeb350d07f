"""The environment in a project, and the project of an environment."""

import pickle
from pathlib import Path

import pytest

from samestack.check.project import environment_in, model_files_of, project_of, started_in
from samestack.errors import RequestError
from samestack.model import Kind, Reference
from samestack.progress import SILENT


def venv(path: Path) -> Path:
    path.mkdir(parents=True)
    (path / "pyvenv.cfg").write_text("home = /usr/bin\n")
    return path


def manifest(directory: Path) -> None:
    (directory / "pyproject.toml").write_text("")


@pytest.mark.parametrize("name", [".venv", "venv"])
def test_a_project_with_an_environment_means_that(name: str, tmp_path: Path) -> None:
    venv(tmp_path / name)
    manifest(tmp_path)
    found = environment_in(Reference.parse(str(tmp_path)))
    assert found == Reference(Kind.VENV, str(tmp_path / name))


def test_the_environment_of_pixi_is_one(tmp_path: Path) -> None:
    (tmp_path / ".pixi/envs/default/conda-meta").mkdir(parents=True)
    found = environment_in(Reference.parse(str(tmp_path)))
    assert found == Reference(Kind.CONDA, str(tmp_path / ".pixi/envs/default"))


def test_anything_else_means_itself(tmp_path: Path) -> None:
    inner = venv(tmp_path / "outer/.venv")
    (tmp_path / "pyproject.toml").write_text("")
    for text in (
        str(tmp_path),
        str(tmp_path / "pyproject.toml"),
        str(inner),
        f"rootfs:{tmp_path / 'outer'}",
        str(tmp_path / "nothing"),
        "machine:",
    ):
        assert environment_in(Reference.parse(text)) == Reference.parse(text)


def test_the_project_is_the_nearest_with_a_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    venv(there / ".venv")
    here.mkdir()
    monkeypatch.chdir(here)
    manifest(here)
    assert project_of(Reference(Kind.VENV, str(there / ".venv")), None) == ""
    manifest(there)
    assert project_of(Reference(Kind.VENV, str(there / ".venv")), None) == str(there)
    assert project_of(Reference(Kind.PATH, str(there / "requirements.txt")), None) == str(there)
    assert project_of(Reference(Kind.PATH, str(there)), None) == str(there)
    assert project_of(Reference(Kind.ROOTFS, str(there)), None) == ""
    assert project_of(Reference(Kind.MACHINE, ""), None) == ""
    assert project_of(Reference(Kind.ROOTFS, str(here)), str(there)) == str(there)


def test_a_project_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no such directory"):
        project_of(Reference(Kind.MACHINE, ""), str(tmp_path / "nothing"))


def test_where_programs_start_is_known_for_a_project_and_beside_a_venv(tmp_path: Path) -> None:
    prefix = venv(tmp_path / ".venv")
    reference = Reference(Kind.VENV, str(prefix))
    assert started_in(reference, str(tmp_path / "nothing"), None) == str(tmp_path)
    assert started_in(Reference(Kind.VENV, ".venv"), "nothing", None) == "."
    assert started_in(Reference(Kind.VENV, str(tmp_path / "ml")), str(tmp_path / "nothing"), None) is None
    manifest(tmp_path)
    assert started_in(Reference(Kind.VENV, "/opt/ml"), str(tmp_path), None) == str(tmp_path)
    assert started_in(Reference(Kind.MACHINE, ""), str(tmp_path), None) is None
    assert started_in(Reference(Kind.MACHINE, ""), "x", "x") == "x"


def test_the_model_files_are_those_that_the_project_declares(tmp_path: Path) -> None:
    assert model_files_of(str(tmp_path), SILENT) == ()
    (tmp_path / "pyproject.toml").write_text('[tool.samestack]\nmodels = ["*.pkl"]\n')
    (tmp_path / "forest.pkl").write_bytes(pickle.dumps({"_sklearn_version": "1.0.2"}))
    (model,) = model_files_of(str(tmp_path), SILENT)
    assert (model.name, model.facts["written_with"]) == ("forest.pkl", ("scikit-learn 1.0.2",))
