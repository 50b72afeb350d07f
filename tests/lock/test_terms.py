"""The terms of a lock: who says what, and who goes before whom."""

from pathlib import Path

import pytest

from samestack.errors import RequestError
from samestack.lock.decision import LockOptions
from samestack.lock.lock_table import LockTable
from samestack.lock.python_choice import chosen_python
from samestack.lock.terms import Terms, lock_path, terms_of
from samestack.project.manifest import Backend, Constraint, Manifest, Project

CONSTRAINT = Constraint(requirement="numpy<2", reason="old pandas")
MANIFEST = Manifest(
    python="3.9",
    platforms=("linux-64",),
    extras=("gpu",),
    groups=("test",),
    as_of="2022-03-01",
    urls=False,
    constraints=(CONSTRAINT,),
)


def project(directory: Path, manifest: Manifest = MANIFEST, requires: str = "") -> Project:
    return Project(directory=directory, manifest=manifest, requires_python=requires)


def terms(directory: Path, options: LockOptions) -> Terms:
    return terms_of(project(directory), options, LockTable())


def test_what_is_not_asked_for_is_left_to_the_manifest(tmp_path: Path) -> None:
    found = terms(tmp_path, LockOptions())
    assert found == Terms(
        path=tmp_path / "pylock.toml",
        python="3.9",
        platforms=("linux-64",),
        extras=("gpu",),
        groups=("test",),
        as_of="2022-03-01",
        urls=False,
        constraints=(CONSTRAINT,),
    )


def test_what_is_asked_for_goes_before_it_and_names_add_up(tmp_path: Path) -> None:
    trial = Constraint(requirement="six<2", reason="a trial")
    options = LockOptions(
        python="3.10.4",
        platforms=("osx-arm64", "osx-arm64", "linux-64"),
        extras=("all", "gpu"),
        as_of="auto",
        urls=True,
        constraints=(trial,),
    )
    found = terms(tmp_path, options)
    assert (found.python, found.as_of, found.urls) == ("3.10.4", "auto", True)
    assert found.platforms == ("osx-arm64", "linux-64")
    assert found.extras == ("all", "gpu")
    assert found.constraints == (CONSTRAINT, trial)


def test_each_backend_has_its_own_lock(tmp_path: Path) -> None:
    names = {
        backend: lock_path(Project(directory=tmp_path, backend=backend), LockOptions()).name
        for backend in Backend
    }
    assert names == {"venv": "pylock.toml", "conda": "pixi.lock", "poetry": "poetry.lock"}
    elsewhere = tmp_path / "locks/pylock.toml"
    assert lock_path(Project(directory=tmp_path), LockOptions(output=elsewhere)) == elsewhere


def test_the_python_of_an_earlier_lock_stays(tmp_path: Path) -> None:
    assert chosen_python(project(tmp_path, Manifest(), ">=3.8"), "", "3.8") == ("3.8", ())
    assert chosen_python(project(tmp_path, Manifest(), ">=3.8.2"), "", "3.8")[0] == "3.8"
    assert chosen_python(project(tmp_path, Manifest()), "", "3.8.1")[0] == "3.8.1"


@pytest.mark.parametrize(
    ("files", "requires", "expected", "reason"),
    [
        ({".python-version": "3.10.4\n"}, ">=3.9", "3.10", "that of .python-version"),
        (
            {".python-version": "pypy-3.10\n", ".venv/pyvenv.cfg": "version = 3.9.2\n"},
            "",
            "3.9",
            "that of .venv",
        ),
        ({".venv/pyvenv.cfg": "home = x\nversion_info = 3.9.2.final.0\n"}, ">=3.9", "3.9", "that of .venv"),
        ({".python-version": "3.8\n"}, ">=3.9,<3.10", "3.9", "the oldest that requires-python allows"),
    ],
)
def test_else_the_python_that_is_likely_meant_is_taken_and_said(
    tmp_path: Path, files: dict[str, str], requires: str, expected: str, reason: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    python, notes = chosen_python(project(tmp_path, Manifest(), requires), "", "")
    assert python == expected
    assert len(notes) == 1
    assert reason in notes[0]
    assert "tool.samestack.python" in notes[0]


def test_where_none_is_allowed_none_is_taken(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="allows no Python at all"):
        chosen_python(project(tmp_path, Manifest(), "<3"), "", "")
