"""Parity of a workload in a real cluster: what its pods run is held against what was promoted."""

import json
from pathlib import Path
from typing import Any

import pytest

from samestack.cli.main import main
from samestack.deploy.entry import Entry, Outcome, encode_line
from samestack.deploy.history import history_path, line_digest
from tests.services.test_capture_kubernetes import THIRTEEN, TWELVE, Deployed, api, deploy, name

__all__ = ["api", "deploy", "name"]  # fixtures

pytestmark = [pytest.mark.service, pytest.mark.usefixtures("nobody")]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose stack no lock decides: of its image, only the digest is of interest here."""
    directory = tmp_path / "project"
    directory.mkdir()
    return directory


def judged(project: Path, reference: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    manifest = f'[tool.samestack.environments]\nproduction = {{ reference = "{reference}" }}\n'
    (project / "pyproject.toml").write_text(manifest)
    capsys.readouterr()
    main(["parity", "--project", str(project), "--format", "json"])
    report: dict[str, Any] = json.loads(capsys.readouterr().out)["report"]
    return report


def promoted(project: Path, digest: str) -> None:
    """A history that says that the digest was brought to production."""
    intent = Entry(
        schema="samestack/deployment/1",
        promotion="0" * 32,
        environment="production",
        outcome=Outcome.INTENDED,
        digest=digest,
        applies=True,
        who="tests",
        when="2026-11-25T12:00:00Z",
    )
    first = encode_line(intent)
    applied = Entry(**{**_said(intent), "outcome": Outcome.APPLIED, "chain": line_digest(first)})
    path = history_path(project, "production")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"".join(line + b"\n" for line in (first, encode_line(applied))))


def _said(entry: Entry) -> dict[str, Any]:
    return {field: getattr(entry, field) for field in entry.__struct_fields__}


def test_what_runs_is_held_against_what_was_promoted(
    project: Path, deploy: Deployed, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reference = deploy(
        {"name": "agent", "image": f"{name}:1.0"}, runs=(f"{name}@{TWELVE.descriptor.digest}",)
    )
    (state,) = judged(project, reference, capsys)["states"]
    assert state["image_digest"] == TWELVE.descriptor.digest
    promoted(project, TWELVE.descriptor.digest)
    rules = {one["rule"] for one in judged(project, reference, capsys)["findings"]}
    assert "image-moved" not in rules
    promoted(project, THIRTEEN.descriptor.digest)
    rules = {one["rule"] for one in judged(project, reference, capsys)["findings"]}
    assert "image-moved" in rules


def test_a_tag_that_nothing_runs_is_unknown(
    project: Path, deploy: Deployed, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reference = deploy({"name": "agent", "image": f"{name}:1.0"})
    (state,) = judged(project, reference, capsys)["states"]
    assert state["standing"] == "unknown"
