"""Locks that every installer makes and that do not work, mended on the real index: each within 12 builds."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from samestack.verify import failures
from samestack.verify.search.bench import MOST_BUILDS
from samestack.verify.verification import Verification
from tests.capture.real_environments import interpreter_of_series
from tests.verify.breaking_index import project_of, verified

pytestmark = pytest.mark.registry


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A directory; what is built for it goes where it can be removed."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield tmp_path / "project"
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("samestack-verify-")] == []
    shutil.rmtree(tmp_path, ignore_errors=True)


def mended(project: Path, python: str, *requirements: str) -> Verification:
    interpreter_of_series(python)  # skips where the machine has none
    found = verified(project_of(project, *requirements, more=f'python = "{python}"\n'))
    assert found.is_whole, found.findings
    assert len(found.trials) <= MOST_BUILDS
    assert found.findings == ()
    assert found.trials[0].failing
    return found


def test_flask_of_2020_gets_all_that_its_own_requirements_left_open(project: Path) -> None:
    found = mended(project, "3.9", "flask==1.1.2")
    constraints = {one.requirement: one.reason for one in found.constraints}
    assert constraints["jinja2<3.1"]
    assert constraints["itsdangerous<2.1"]


@pytest.mark.service
def test_pandas_and_torch_of_numpy_1_get_it(project: Path) -> None:
    found = mended(project, "3.10", "pandas==1.4.0", "torch==1.13.0", "transformers==4.20.0")
    (constraint,) = found.constraints
    assert constraint.requirement == "numpy<2"
    assert "pandas" in constraint.reason
    assert "numpy 1" in constraint.reason
    assert len(found.trials) == 2


@pytest.mark.service
def test_tensorflow_2_8_gets_the_protobuf_that_it_was_made_for(project: Path) -> None:
    found = mended(project, "3.8", "tensorflow==2.8.0")
    (constraint,) = found.constraints
    assert_holds_off_protobuf_4(constraint.requirement)
    assert len(found.trials) == 2


@pytest.mark.service
def test_what_no_table_knows_is_found_by_the_date(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "remedies_of", lambda _: ())
    found = mended(project, "3.8", "tensorflow==2.8.0")
    (constraint,) = found.constraints
    assert_holds_off_protobuf_4(constraint.requirement)
    assert found.trials[1].as_of is not None


def assert_holds_off_protobuf_4(text: str) -> None:
    said = Requirement(text)
    assert said.name == "protobuf"
    assert said.specifier.contains("3.20.3")
    assert not said.specifier.contains("4.21.1")
