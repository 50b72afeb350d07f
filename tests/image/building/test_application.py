"""Which of a project's files go into its image."""

import os
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from samestack.errors import InputError, RequestError
from samestack.image.building import project_paths as project_paths_module
from samestack.image.building.application import application_files
from samestack.image.building.models import model_paths
from samestack.image.building.project_parts import application_part
from samestack.image.layers.entry import EntryKind
from samestack.image.settings import ImageSettings
from samestack.project.manifest import Project


def project(directory: Path, *files: str) -> Project:
    for name in files:
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return Project(directory=directory, file="pyproject.toml", name="example")


def paths(example: Project, settings: ImageSettings | None = None) -> list[str]:
    found = application_files(example, settings or ImageSettings())
    return [entry.path.removeprefix("app/") for entry in found.entries]


def git(directory: Path, *words: str) -> None:
    subprocess.run(("git", "-C", directory, *words), check=True, capture_output=True)


def test_all_files_where_git_knows_none(tmp_path: Path) -> None:
    example = project(tmp_path, "a.py", "b/c.py", "b/data.json", "tests/test_a.py", "b/test_c.py", ".venv/x")
    assert paths(example) == ["a.py", "b/c.py", "b/data.json"]


def test_what_samestack_made_of_the_project_is_none_of_its_files(tmp_path: Path) -> None:
    example = project(tmp_path, "a.py", "image/oci-layout", "image/blobs/x", "try/pyvenv.cfg", "try/bin/x")
    project(tmp_path, "Dockerfile", ".dockerignore", "requirements.image/light.txt", "docs/Dockerfile")
    assert paths(example) == ["a.py", "docs/Dockerfile"]


def test_ignored_files_are_left_out_as_git_would(tmp_path: Path) -> None:
    example = project(tmp_path, "a.py", "a.log", "b/a.log", "b/keep.log", "c/x.txt", "c/y.txt")
    (tmp_path / ".gitignore").write_text("*.log\n/c/x.txt\n")
    (tmp_path / "b/.gitignore").write_text("!keep.log\n")
    assert paths(example) == [".gitignore", "a.py", "b/.gitignore", "b/keep.log", "c/y.txt"]


def test_what_git_keeps_and_nothing_else(tmp_path: Path) -> None:
    example = project(tmp_path / "inner", "a.py", "new.py", "gone.py")
    git(tmp_path, "init")
    git(tmp_path, "add", "inner/a.py", "inner/gone.py")
    (tmp_path / "inner/gone.py").unlink()
    (tmp_path / "outer.py").write_text("")
    git(tmp_path, "add", "outer.py")
    assert paths(example) == ["a.py"]


@pytest.mark.parametrize(
    "name",
    [".env", ".env.production", "keys/server.pem", "id_rsa", ".aws/credentials", ".netrc", "secrets/token"],
)
def test_secrets_stay_outside_even_where_they_are_asked_for(tmp_path: Path, name: str) -> None:
    example = project(tmp_path, name, "a.py")
    asked = ImageSettings(include=(name, "a.py"))
    found = application_files(example, asked)
    assert [entry.path for entry in found.entries] == ["app/a.py"]
    assert found.secrets == (name,)


def test_an_example_of_an_environment_is_no_secret(tmp_path: Path) -> None:
    assert paths(project(tmp_path, ".env.example")) == [".env.example"]


def test_patterns_of_the_settings(tmp_path: Path) -> None:
    example = project(tmp_path, "src/a.py", "src/b.txt", "docs/c.md", "tests/test_a.py")
    assert paths(example, ImageSettings(include=("src/", "tests/"), exclude=("*.txt",))) == [
        "src/a.py",
        "tests/test_a.py",
    ]
    assert paths(example, ImageSettings(exclude=("docs/",))) == ["src/a.py", "src/b.txt"]


def test_a_malformed_pattern_names_its_place(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"pyproject\.toml: tool\.samestack\.image\.exclude: "):
        paths(project(tmp_path, "a.py"), ImageSettings(exclude=("!",)))


def test_modes_and_owners_say_nothing_of_a_umask(tmp_path: Path) -> None:
    example = replace(project(tmp_path, "a.py", "run"), file="")
    (tmp_path / "a.py").chmod(0o600)
    (tmp_path / "run").chmod(0o700)
    before = application_part(example, ImageSettings(), "3.11")[0].key
    modes = {one.path: one.mode for one in application_files(example, ImageSettings()).entries}
    assert modes == {"app/a.py": 0o644, "app/run": 0o755}
    (tmp_path / "a.py").chmod(0o666)
    (tmp_path / "run").chmod(0o775)
    assert application_part(example, ImageSettings(), "3.11")[0].key == before
    (tmp_path / "a.py").chmod(0o755)
    assert application_part(example, ImageSettings(), "3.11")[0].key != before


def test_links_inside_stay_and_links_outside_are_refused(tmp_path: Path) -> None:
    example = project(tmp_path, "a/b.py")
    (tmp_path / "link.py").symlink_to("a/b.py")
    (entry,) = [
        one for one in application_files(example, ImageSettings()).entries if one.path == "app/link.py"
    ]
    assert (entry.kind, entry.target) == (EntryKind.SYMLINK, "a/b.py")
    (tmp_path / "a/out").symlink_to("../../elsewhere")
    with pytest.raises(InputError, match=r"a/out: it is a link that leads out"):
        paths(example)


def test_a_directory_that_is_no_application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project_paths_module, "_MOST_FILES", 2)
    with pytest.raises(RequestError, match="holds more than 2 files"):
        paths(project(tmp_path, "a", "b", "c"))


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    example = project(tmp_path, "a.py")
    os.mkfifo(tmp_path / "pipe")
    assert paths(example) == ["a.py"]


def with_models(directory: Path, *patterns: str) -> Project:
    listed = ", ".join(f'"{one}"' for one in patterns)
    (directory / "pyproject.toml").write_text(f"[tool.samestack]\nmodels = [{listed}]\n")
    return Project(directory=directory, file="pyproject.toml", name="example")


def test_models_have_layers_of_their_own_the_largest_first(tmp_path: Path) -> None:
    project(tmp_path, "a.py")
    for name, size in (("small.onnx", 10), ("large.onnx", 1000)):
        (tmp_path / name).write_bytes(bytes(size))
    example = with_models(tmp_path, "*.onnx", "small.onnx")
    assert model_paths(example) == ("large.onnx", "small.onnx")
    _, files = application_part(example, ImageSettings(), "3.11")
    assert [entry.path for entry in files.entries] == ["app/a.py", "app/pyproject.toml"]


@pytest.mark.parametrize("pattern", ["/etc/passwd", "../model.onnx", "missing.onnx", ""])
def test_models_that_are_none(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(InputError, match=r"tool\.samestack\.models\[0\]"):
        model_paths(with_models(tmp_path, pattern))


def test_a_model_that_leads_out(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "model.onnx").write_bytes(b"m")
    (inner / "model.onnx").symlink_to("../model.onnx")
    with pytest.raises(RequestError, match="leads out of the project"):
        model_paths(with_models(inner, "model.onnx"))
