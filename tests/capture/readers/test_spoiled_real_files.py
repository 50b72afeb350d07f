"""Files that real tools wrote, spoiled: every reader of Python's files reads them still, or refuses them."""

import importlib
import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from samestack.capture.observation import Observation
from tests.malformed import (
    as_json,
    as_toml,
    assert_reads_or_refuses,
    corrupted_text,
    hostile,
    mutated,
    spoiled_file,
)

pytestmark = pytest.mark.registry

ROWS = (
    ("uv_lock", "uv_project", "uv.lock"),
    ("pylock", "uv_project", "pylock.toml"),
    ("pyproject", "uv_project", "pyproject.toml"),
    ("requirements", "uv_project", "requirements.txt"),
    ("poetry_lock", "poetry_project", "poetry.lock"),
    ("pyproject", "poetry_project", "pyproject.toml"),
    ("pipfile_lock", "pipenv_project", "Pipfile.lock"),
    ("pip_inspect", "pip_reports", "inspect.json"),
    ("pip_list", "pip_reports", "list.json"),
    ("requirements", "pip_reports", "freeze.txt"),
)


def reader(name: str) -> Callable[[Path], Observation]:
    read: Callable[[Path], Observation] = importlib.import_module(f"samestack.capture.readers.{name}").read
    return read


@pytest.mark.parametrize(("module", "project", "name"), ROWS)
def test_cut_and_overwritten(request: pytest.FixtureRequest, module: str, project: str, name: str) -> None:
    read, text = reader(module), (request.getfixturevalue(project) / name).read_text()

    @hostile
    @given(corrupted_text(text))
    def corrupted(content: bytes) -> None:
        with spoiled_file(name, content) as path:
            assert_reads_or_refuses(read, path)

    corrupted()


@pytest.mark.parametrize(("module", "project", "name"), [row for row in ROWS if not row[2].endswith(".txt")])
def test_with_nodes_of_other_types(
    request: pytest.FixtureRequest, module: str, project: str, name: str
) -> None:
    read, text = reader(module), (request.getfixturevalue(project) / name).read_text()
    is_json = text.lstrip()[0] in "[{" and not name.endswith(".toml")
    document, written = (json.loads(text), as_json) if is_json else (tomllib.loads(text), as_toml)

    @hostile
    @given(mutated(document))
    def spoiled(changed: object) -> None:
        with spoiled_file(name, written(changed)) as path:
            assert_reads_or_refuses(read, path)

    spoiled()
