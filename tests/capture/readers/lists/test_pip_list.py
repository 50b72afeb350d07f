"""pip list and uv pip list, as JSON."""

import json
from pathlib import Path

import pytest
from hypothesis import given

from samestack.capture.observation import Observation
from samestack.capture.readers.lists.pip_list import read
from samestack.errors import InputError
from samestack.model import Component
from tests.malformed import as_json, assert_reads_or_refuses, hostile, mutated, spoiled_file

LISTED = [
    {"name": "Six.Moves", "version": "1.0"},
    {"name": "own", "version": "0.2-custom", "editable_project_location": "/srv/own", "installer": "pip"},
]


def read_document(directory: Path, document: object) -> Observation:
    path = directory / "list.json"
    path.write_text(json.dumps(document))
    return read(path)


def by_name(observation: Observation) -> dict[str, Component]:
    return {component.name: component for component in observation.components}


def test_names_are_normalised_and_versions_kept(tmp_path: Path) -> None:
    packages = by_name(read_document(tmp_path, LISTED))
    assert packages["six-moves"].version == "1.0"
    assert packages["own"].version == "0.2-custom"
    assert packages["own"].circumstances == {"editable": "/srv/own", "installer": "pip"}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({}, r"list\.json: Expected `array`, got `object`"),
        ([{"name": "a"}], r"list\.json: \$\[0\]: Object missing required field `version`"),
        ([{"name": "!", "version": "1"}], r"list\.json: \$\[0\]: not a package's name"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    tmp_path: Path, document: object, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read_document(tmp_path, document)


@hostile
@given(mutated(LISTED))
def test_a_spoiled_list_is_read_or_refused(document: object) -> None:
    with spoiled_file("list.json", as_json(document)) as path:
        assert_reads_or_refuses(read, path)


@pytest.mark.registry
@pytest.mark.parametrize("name", ["list.json", "uv-list.json"])
def test_what_pip_and_uv_list(pip_reports: Path, name: str) -> None:
    packages = by_name(read(pip_reports / name))
    assert {"packaging", "six", "part", "other"} <= packages.keys()
    assert packages["packaging"].version == "23.1"
    assert packages["part"].circumstances == {"editable": f"{pip_reports}/part"}
