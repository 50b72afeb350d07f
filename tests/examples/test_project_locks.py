"""The locks of VisionaryAI's projects: current, valid, proved, and without a trace of their origin."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.pylock import Pylock

from samestack.cli.main import main
from samestack.lock.decision import Lock
from samestack.lock.reading import read_lock
from samestack.project.reading import read_project
from samestack.tour.cast import example_directory

EXAMPLES = example_directory().parent
PROJECTS = ("defect-detection", "helpdesk-agent", "recommender")


@pytest.fixture(params=PROJECTS)
def project(request: pytest.FixtureRequest) -> Path:
    directory: Path = EXAMPLES / request.param
    return directory


@pytest.fixture
def lock(project: Path) -> Lock:
    return read_lock(project / "pylock.toml")


def test_the_lock_is_what_the_manifest_asks_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lock", str(project), "--check"]) == 0
    assert "is current" in capsys.readouterr().out


def test_a_changed_constraint_makes_it_stale(project: Path, tmp_path: Path) -> None:
    manifest = (project / "pyproject.toml").read_text()
    (tmp_path / "pyproject.toml").write_text(
        manifest.replace('requires-python = ">=', 'requires-python = ">')
    )
    (tmp_path / "pylock.toml").write_bytes((project / "pylock.toml").read_bytes())
    assert main(["lock", str(tmp_path), "--check"]) == 1


def test_the_lock_is_valid_and_every_file_has_a_hash(project: Path) -> None:
    document = tomllib.loads((project / "pylock.toml").read_text())
    lock = Pylock.from_dict(document)
    lock.validate()
    for package in lock.packages:
        assert package.wheels, package.name
        assert all("sha256" in wheel.hashes for wheel in package.wheels)


def test_the_lock_names_no_address_and_no_directory(project: Path) -> None:
    assert re.findall(r"\w+://|\burl\b|path = \"[^\"]*/", (project / "pylock.toml").read_text()) == []


def test_the_lock_was_built_and_imported_on_the_manifests_python(project: Path, lock: Lock) -> None:
    python = read_project(project).manifest.python
    assert lock.table.python == python
    assert re.fullmatch(rf"linux-64, Python {re.escape(python)}\.\d+", lock.table.verified)


def test_every_constraint_says_why(project: Path) -> None:
    constraints = read_project(project).manifest.constraints
    assert constraints
    assert all(len(one.reason.split()) >= 5 for one in constraints)


def test_the_models_that_it_answers_with_are_part_of_the_stack() -> None:
    for name, models in {
        "defect-detection": ["model.json", "looks.h5"],
        "helpdesk-agent": ["intents.keras"],
    }.items():
        manifest = tomllib.loads((EXAMPLES / name / "pyproject.toml").read_text())
        assert manifest["tool"]["samestack"]["models"] == models
        assert all((EXAMPLES / name / model).is_file() for model in models)
