"""Pipfile.lock, written by Pipenv and by hand."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from samestack.capture.observation import Observation
from samestack.capture.readers.locks.pipfile_lock import read
from samestack.errors import InputError
from samestack.model import Component
from tests.malformed import as_json, assert_reads_or_refuses, corrupted_text, hostile, mutated, spoiled_file

DIGITS = "0123456789abcdef" * 4
LOCK: dict[str, Any] = {
    "_meta": {
        "hash": {"sha256": DIGITS},
        "pipfile-spec": 6,
        "requires": {"python_version": "3.11"},
        "sources": [
            {"name": "packages", "url": "https://sarah:hunter2@index.example/simple", "verify_ssl": True}
        ],
    },
    "default": {
        "Six": {
            "hashes": [f"sha256:{DIGITS}"],
            "index": "packages",
            "markers": "python_version >= '3.7'",
            "version": "==1.16.0",
        },
        "thing": {"git": "https://sarah:hunter2@git.example/thing.git", "ref": "0123abc", "editable": True},
        "archive": {"file": "https://sarah:hunter2@host.example/archive-1.2.zip", "hashes": []},
        "own": {"editable": True, "path": "."},
        "colorama": {"version": "*"},
    },
    "develop": {"pytest": {"version": "==8.0.0"}},
    "docs": {"sphinx": {"version": "==7.0"}},
}


def read_document(directory: Path, document: object) -> Observation:
    path = directory / "Pipfile.lock"
    path.write_text(json.dumps(document))
    return read(path)


def by_name(observation: Observation) -> dict[str, Component]:
    return {component.name: component for component in observation.components}


def test_packages_of_every_category_and_source(tmp_path: Path) -> None:
    packages = by_name(read_document(tmp_path, LOCK))
    assert packages["python"].requirement == "==3.11.*"
    assert (packages["six"].version, packages["six"].marker) == ("1.16.0", 'python_version >= "3.7"')
    assert packages["six"].facts == {"hashes": (f"sha256:{DIGITS}",)}
    assert packages["six"].circumstances == {"index": "https://index.example/simple"}
    assert packages["thing"].source == "git+https://git.example/thing.git@0123abc"
    assert packages["thing"].circumstances == {"editable": True}
    assert (packages["archive"].version, packages["archive"].source) == (
        "1.2",
        "https://host.example/archive-1.2.zip",
    )
    assert packages["own"].circumstances == {"editable": "."}
    assert packages["pytest"].circumstances == {"group": ("develop",)}
    assert packages["sphinx"].circumstances == {"group": ("docs",)}


def test_what_is_not_decided_is_said_and_left_out(tmp_path: Path) -> None:
    observation = read_document(tmp_path, LOCK)
    assert "colorama" not in by_name(observation)
    assert [(remark.code, remark.subject) for remark in observation.remarks] == [
        ("undecided-version", "colorama")
    ]


@pytest.mark.parametrize(
    ("requires", "version", "requirement"),
    [
        ({"python_full_version": "3.11.7", "python_version": "3.11"}, "3.11.7", None),
        ({"python_version": "3.8"}, None, "==3.8.*"),
    ],
)
def test_the_python_that_is_required(
    tmp_path: Path, requires: dict[str, str], version: str | None, requirement: str | None
) -> None:
    (python,) = read_document(tmp_path, {"_meta": {"requires": requires}}).components
    assert (python.version, python.requirement) == (version, requirement)


@pytest.mark.parametrize("requires", [{}, {"python_version": "*"}])
def test_no_python_may_be_required(tmp_path: Path, requires: dict[str, str]) -> None:
    assert read_document(tmp_path, {"_meta": {"requires": requires}}).components == ()


@pytest.mark.parametrize(
    ("category", "name", "said", "message"),
    [
        ("default", "Six", {"version": "1.16"}, r"Pipfile\.lock: \$\.default\.Six: not a version specifier"),
        ("default", "!", {"version": "==1"}, r"\$\.default\.!: not a package's name"),
        ("develop", "Six", {"hashes": ["x"]}, r"\$\.develop\.Six: not a hash"),
        ("default", "Six", {"markers": "x"}, r"\$\.default\.Six: not an environment marker"),
        ("default", "Six", 1, r"Pipfile\.lock: .*Expected `object`, got `int`"),
        ("_meta", "requires", {"python_version": "x"}, r"\$\._meta\.requires: not a version specifier"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    tmp_path: Path, category: str, name: str, said: object, message: str
) -> None:
    document = copy.deepcopy(LOCK)
    document[category][name] = said
    with pytest.raises(InputError, match=message):
        read_document(tmp_path, document)


@hostile
@given(mutated(LOCK))
def test_a_spoiled_lock_is_read_or_refused(document: object) -> None:
    with spoiled_file("Pipfile.lock", as_json(document)) as path:
        assert_reads_or_refuses(read, path)


@hostile
@given(corrupted_text(json.dumps(LOCK, indent=1)))
def test_corrupted_text_is_read_or_refused(content: bytes) -> None:
    with spoiled_file("Pipfile.lock", content) as path:
        assert_reads_or_refuses(read, path)


@pytest.mark.registry
def test_what_pipenv_locks(pipenv_project: Path) -> None:
    packages = by_name(read(pipenv_project / "Pipfile.lock"))
    assert packages.keys() == {"python", "packaging", "six"}
    assert packages["packaging"].version == "23.1"
    assert packages["packaging"].facts["hashes"]
    assert packages["six"].circumstances["group"] == ("develop",)
    assert packages["python"].requirement == "==3.11.*"
