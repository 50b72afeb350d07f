"""pip inspect: an environment as pip reports it."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from samestack.capture.observation import Observation
from samestack.capture.readers.lists.pip_inspect import read
from samestack.errors import InputError
from samestack.model import Component, Layer
from tests.malformed import as_json, assert_reads_or_refuses, hostile, mutated, spoiled_file

DIGITS = "0123456789abcdef" * 4


def installed(name: str, **more: object) -> dict[str, object]:
    return {"metadata": {"metadata_version": "2.1", "name": name, "version": "1.0"}, **more}


REPORT: dict[str, Any] = {
    "version": "1",
    "pip_version": "26.3",
    "installed": [
        installed("Six.Moves", installer="pip", requested=True),
        installed(
            "thing",
            installer="uv",
            requested=False,
            direct_url={
                "url": "https://sarah:hunter2@git.example/thing",
                "vcs_info": {"vcs": "git", "commit_id": "0123abc", "requested_revision": "main"},
                "subdirectory": "a",
            },
        ),
        installed("own", direct_url={"url": "file:///srv/own", "dir_info": {"editable": True}}),
        installed(
            "archive",
            direct_url={
                "url": "https://host.example/archive.zip",
                "archive_info": {"hash": f"sha256={DIGITS}", "hashes": {"sha256": DIGITS}},
            },
        ),
    ],
    "environment": {
        "python_full_version": "3.11.7",
        "implementation_name": "cpython",
        "sys_platform": "linux",
    },
}


def read_document(directory: Path, document: object) -> Observation:
    path = directory / "inspect.json"
    path.write_text(json.dumps(document))
    return read(path)


def by_name(observation: Observation) -> dict[str, Component]:
    return {component.name: component for component in observation.components}


def test_who_installed_what_from_where(tmp_path: Path) -> None:
    packages = by_name(read_document(tmp_path, REPORT))
    assert packages["six-moves"].circumstances == {"installer": "pip", "requested": True}
    assert packages["six-moves"].version == "1.0"
    assert packages["thing"].source == "git+https://git.example/thing@0123abc#subdirectory=a"
    assert packages["thing"].circumstances == {"installer": "uv"}
    assert packages["own"].circumstances == {"editable": "/srv/own"}
    assert packages["archive"].source == "https://host.example/archive.zip"
    assert packages["archive"].facts == {"hashes": (f"sha256:{DIGITS}",)}


def test_the_python(tmp_path: Path) -> None:
    python = by_name(read_document(tmp_path, REPORT))["python"]
    assert (python.layer, python.version) == (Layer.PYTHON, "3.11.7")
    assert python.facts == {"implementation": "cpython"}
    assert "python" not in by_name(read_document(tmp_path, {**REPORT, "environment": {}}))


@pytest.mark.parametrize(
    ("key", "said", "message"),
    [
        ("version", "2", r"inspect\.json: \$\.version: version 2 of pip's report is not known"),
        ("installed", [installed("!")], r"\$\.installed\[0\]: not a package's name"),
        (
            "installed",
            [installed("a", direct_url={"url": 1})],
            r"\$\.installed\[0\]: not a document of PEP 610",
        ),
        (
            "installed",
            [{"metadata": {}}],
            r"\$\.installed\[0\]\.metadata: Object missing required field `name`",
        ),
        ("environment", {"python_full_version": "x"}, r"\$\.environment\.python_full_version: not a version"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    tmp_path: Path, key: str, said: object, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read_document(tmp_path, {**copy.deepcopy(REPORT), key: said})


@hostile
@given(mutated(REPORT))
def test_a_spoiled_report_is_read_or_refused(document: object) -> None:
    with spoiled_file("inspect.json", as_json(document)) as path:
        assert_reads_or_refuses(read, path)


@pytest.mark.registry
def test_what_pip_reports(pip_reports: Path) -> None:
    packages = by_name(read(pip_reports / "inspect.json"))
    assert packages["packaging"].version == "23.1"
    assert packages["packaging"].circumstances == {"installer": "uv", "requested": True}
    assert packages["six"].circumstances["installer"] == "uv"
    assert packages["part"].circumstances["editable"] == f"{pip_reports}/part"
    source = str(packages["other"].source)
    assert source.startswith(f"git+file://{pip_reports}/repository@")
    assert packages["python"].version
