"""``samestack init --ci``: a pipeline, over nobody's work, with samestack by its hashes."""

import re
import zipfile
from pathlib import Path

import pytest

from samestack.cli.main import main
from samestack.deploy.pipelines.saving import Standing, standing
from samestack.deploy.pipelines.tool_requirements import is_hashed
from tests.config.scanning.repositories import repository

LOCK = 'lock-version = "1.0"\ncreated-by = "test"\npackages = []\n'
TOOLS = f"samestack[config,envs,image]==0.1.0 \\\n    --hash=sha256:{'0' * 64}\n"
RUNNER = "registry.example.com/python@sha256:" + "0" * 64
MANIFEST = """\
[project]
name = "agent"
version = "1"

[tool.samestack.deploy]
image = "registry.example.com/team/agent"

[tool.samestack.environments]
development = { reference = "venv:.venv", profile = "development" }
production = { reference = "kubernetes:agent/agent", profile = "production", after = "development" }
"""
GITHUB = ".github/workflows/samestack.yml"
GITLAB = ["--ci", "gitlab", "--runner-image", RUNNER]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = repository(tmp_path / "agent")
    (root / "pyproject.toml").write_text(MANIFEST)
    (root / "pylock.toml").write_text(LOCK)
    (root / "requirements.samestack.txt").write_text(TOOLS)
    monkeypatch.chdir(root)
    return root


def test_nothing_but_the_pipeline_is_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = (project / "pyproject.toml").read_text()
    assert main(["init", "--ci", "github", "--dry-run"]) == 0
    shown = capsys.readouterr().out
    assert not (project / ".github").exists()
    assert main(["init", "--ci", "github"]) == 0
    assert capsys.readouterr().out == f"{project / GITHUB} was written.\n"
    assert (project / GITHUB).read_text() == shown
    assert (project / "pyproject.toml").read_text() == manifest
    assert main(["init", "--ci", "github"]) == 0
    assert capsys.readouterr().out == "The pipeline stands there already.\n"


def test_what_the_project_says_differently_is_written_anew(project: Path) -> None:
    assert main(["init", "--ci", "github"]) == 0
    manifest = project / "pyproject.toml"
    manifest.write_text(manifest.read_text().replace("registry.example.com", "ghcr.io"))
    assert main(["init", "--ci", "github"]) == 0
    assert "docker login ghcr.io" in (project / GITHUB).read_text()


@pytest.mark.parametrize("arguments", [[], ["--force"]])
def test_the_file_of_somebody_else_is_left_as_it_is(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    (project / ".github/workflows").mkdir(parents=True)
    (project / GITHUB).write_text("name: mine\n")
    assert main(["init", "--ci", "github", *arguments]) == 2
    assert "somebody else wrote it" in capsys.readouterr().err
    assert (project / GITHUB).read_text() == "name: mine\n"


def test_ours_that_was_changed_is_written_over_only_by_force(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--ci", "github"]) == 0
    written = (project / GITHUB).read_text()
    (project / GITHUB).write_text(written.replace("timeout-minutes: 60", "timeout-minutes: 90"))
    assert standing(project / GITHUB) is Standing.CHANGED
    assert main(["init", "--ci", "github"]) == 2
    assert "--force writes over it" in capsys.readouterr().err
    assert main(["init", "--ci", "github", "--force"]) == 0
    assert (project / GITHUB).read_text() == written


def test_on_gitlab_it_is_the_pipeline_or_a_part_of_the_one_that_is_there(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", *GITLAB]) == 0
    assert "include" not in capsys.readouterr().out
    (project / ".gitlab-ci.yml").write_text("test:\n  script: make test\n")
    assert main(["init", *GITLAB]) == 0
    assert capsys.readouterr().out.endswith("include:\n  - local: .gitlab/samestack.yml\n")
    assert (project / ".gitlab-ci.yml").read_text() == "test:\n  script: make test\n"
    assert (project / ".gitlab/samestack.yml").is_file()


def test_the_image_of_the_runner_stays_until_another_is_named(project: Path) -> None:
    assert main(["init", *GITLAB]) == 0
    before = (project / ".gitlab-ci.yml").read_bytes()
    assert main(["init", "--ci", "gitlab"]) == 0  # no registry is asked
    assert (project / ".gitlab-ci.yml").read_bytes() == before
    other = RUNNER.replace("0", "1")
    assert main(["init", "--ci", "gitlab", "--runner-image", other]) == 0
    assert other in (project / ".gitlab-ci.yml").read_text()


@pytest.mark.parametrize("text", ["", "numpy==1.0 --hash=sha256:0\n", "samestack==0.1.0\n"])
def test_requirements_that_do_not_do_are_refused_before_anything_is_written(
    project: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (project / "requirements.samestack.txt").write_text(text)
    assert main(["init", "--ci", "github"]) == 2
    assert "everything by its hash" in capsys.readouterr().err
    assert not (project / ".github").exists()


def test_requirements_of_another_name_have_to_be_there(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--ci", "github", "--requirements", "tools/ci.txt"]) == 2
    assert "no such file" in capsys.readouterr().err
    (project / "tools").mkdir()
    (project / "requirements.samestack.txt").rename(project / "tools/ci.txt")
    assert main(["init", "--ci", "github", "--requirements", "tools/ci.txt"]) == 0
    assert "--requirement tools/ci.txt" in (project / GITHUB).read_text()


def packed(directory: Path, name: str, *metadata: str) -> None:
    """A wheel without files."""
    information = f"{name}-0.1.0.dist-info"
    head = "".join(
        f"{line}\n" for line in ("Metadata-Version: 2.1", f"Name: {name}", "Version: 0.1.0", *metadata)
    )
    with zipfile.ZipFile(directory / f"{name}-0.1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{information}/METADATA", head)
        tags = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        wheel.writestr(f"{information}/WHEEL", tags)
        wheel.writestr(f"{information}/RECORD", "")


def test_samestack_is_decided_by_uv_where_no_file_says_it(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a directory of wheels, as an index would have it; with what the project's environments need."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    extras = ("config", "envs", "image", "kubernetes", "conda")
    of_extras = [f"Requires-Dist: of-{one}; extra == '{one}'" for one in extras]
    packed(wheels, "samestack", *(f"Provides-Extra: {one}" for one in extras), *of_extras)
    for one in extras:
        packed(wheels, f"of_{one}")
    monkeypatch.setenv("UV_FIND_LINKS", str(wheels))
    monkeypatch.setenv("UV_NO_INDEX", "1")
    file = project / "requirements.samestack.txt"
    file.unlink()
    assert main(["init", "--ci", "github"]) == 0
    text = file.read_text()
    assert text.startswith("# samestack for continuous integration.")
    found = re.findall(r"^([a-z-]+)==0\.1\.0", text, re.MULTILINE)
    assert found == ["of-config", "of-envs", "of-image", "of-kubernetes", "samestack"]
    assert is_hashed(text)
    assert str(wheels) not in text
    assert (project / GITHUB).is_file()


def test_where_the_index_has_no_samestack_nothing_is_written(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("UV_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("UV_NO_INDEX", "1")
    (project / "requirements.samestack.txt").unlink()
    assert main(["init", "--ci", "github"]) == 2
    assert "--requirements FILE" in capsys.readouterr().err
    assert not (project / ".github").exists()


def test_a_project_without_a_lock_is_told_to_make_one(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "pylock.toml").unlink()
    assert main(["init", "--ci", "github"]) == 2
    assert "samestack lock" in capsys.readouterr().err


def test_outside_of_a_repository_there_is_no_place_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pylock.toml").write_text(LOCK)
    (tmp_path / "pyproject.toml").write_text(MANIFEST)
    assert main(["init", str(tmp_path), "--ci", "github"]) == 2
    assert "git repository" in capsys.readouterr().err


@pytest.mark.parametrize("name", ['"a b"', '"a;b"', '"${{x}}"'])
def test_a_name_that_a_shell_would_read_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    manifest = project / "pyproject.toml"
    manifest.write_text(manifest.read_text().replace("production =", f"{name} ="))
    assert main(["init", "--ci", "github"]) == 2
    assert "cannot stand in a pipeline" in capsys.readouterr().err
