"""Files that real tools wrote, spoiled: every reader of Python's files reads them still, or refuses them."""

import json
import tomllib

import pytest
from hypothesis import given

from samestack.capture.formats import FORMATS
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
    ("uv.lock", "uv_project", "uv.lock"),
    ("pylock.toml", "uv_project", "pylock.toml"),
    ("pyproject.toml", "uv_project", "pyproject.toml"),
    ("requirements.txt", "uv_project", "requirements.txt"),
    ("poetry.lock", "poetry_project", "poetry.lock"),
    ("pyproject.toml", "poetry_project", "pyproject.toml"),
    ("Pipfile.lock", "pipenv_project", "Pipfile.lock"),
    ("pip-inspect", "pip_reports", "inspect.json"),
    ("pip-list", "pip_reports", "list.json"),
    ("requirements.txt", "pip_reports", "freeze.txt"),
)


@pytest.mark.parametrize(("kind", "project", "name"), ROWS)
def test_cut_and_overwritten(request: pytest.FixtureRequest, kind: str, project: str, name: str) -> None:
    read, text = FORMATS[kind].reader(), (request.getfixturevalue(project) / name).read_text()

    @hostile
    @given(corrupted_text(text))
    def corrupted(content: bytes) -> None:
        with spoiled_file(name, content) as path:
            assert_reads_or_refuses(read, path)

    corrupted()


@pytest.mark.parametrize(("kind", "project", "name"), [row for row in ROWS if not row[2].endswith(".txt")])
def test_with_nodes_of_other_types(
    request: pytest.FixtureRequest, kind: str, project: str, name: str
) -> None:
    read, text = FORMATS[kind].reader(), (request.getfixturevalue(project) / name).read_text()
    is_json = text.lstrip()[0] in "[{" and not name.endswith(".toml")
    document, written = (json.loads(text), as_json) if is_json else (tomllib.loads(text), as_toml)

    @hostile
    @given(mutated(document))
    def spoiled(changed: object) -> None:
        with spoiled_file(name, written(changed)) as path:
            assert_reads_or_refuses(read, path)

    spoiled()
