"""``samestack image dockerfile``."""

from pathlib import Path

from tests.cli.images.actions import run_action
from tests.image.dockerfile.small_project import DIGEST, small_project

BASE = f"--base=python:3.11-slim{DIGEST}"


def test_the_files_and_the_notes(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    status, output, messages = run_action("dockerfile", str(project), BASE)
    assert (status, messages) == (0, "")
    assert output.splitlines()[-4:-3] == [f"wrote {project}/Dockerfile"]
    assert f"on    python:3.11-slim{DIGEST}" in output
    assert "note: " in output
    assert (project / "requirements.image/heavy.txt").is_file()


def test_elsewhere(tmp_path: Path) -> None:
    project, other = small_project(tmp_path), tmp_path / "other"
    status, _, _ = run_action("dockerfile", str(project), BASE, "-o", str(other), "--without-buildkit")
    assert status == 0
    assert "--mount" not in (other / "Dockerfile").read_text()
    assert not (project / "Dockerfile").exists()


def test_a_base_without_a_digest(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    status, output, messages = run_action("dockerfile", str(project), "--base=nobody/has:this")
    assert (status, output) == (2, "")
    assert "no digest is known here for 'nobody/has:this'" in messages
    assert not (project / "Dockerfile").exists()


def test_a_project_without_a_lock(tmp_path: Path) -> None:
    status, _, messages = run_action("dockerfile", str(tmp_path), BASE)
    assert status == 2
    assert "has no lock" in messages


def test_a_platform_that_the_lock_is_not_for(tmp_path: Path) -> None:
    status, _, messages = run_action(
        "dockerfile", str(small_project(tmp_path)), BASE, "--platform=windows/amd64"
    )
    assert status == 2
    assert "windows/amd64" in messages
