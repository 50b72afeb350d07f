"""Exports of real locks, installed by the tools that they are for."""

import os
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from packaging.pylock import Pylock

from samestack.capture.entry import capture
from samestack.compare.releases import packages_digest, releases
from samestack.errors import RequestError
from samestack.lock.decision import Lock, LockOptions
from samestack.lock.exports.entry import FORMATS, exported
from samestack.lock.platforms import marker_environment
from samestack.lock.poetry.decide import decide as decide_by_poetry
from samestack.lock.reading import read_lock
from samestack.lock.selecting import locked_for
from samestack.lock.uv.decide import decide as decide_by_uv
from samestack.model import Reference, Stack
from samestack.process import run
from samestack.progress import SILENT
from samestack.project.reading import read_project
from samestack.solve.uv.uv_program import uv_program
from tests.lock.poetry.poetry_projects import SERIES, project_of
from tests.solve.local_index import LocalIndex

HERE = marker_environment("linux-64", SERIES)
UV_PROJECT = """\
[project]
name = "demo"
version = "0.1"
requires-python = ">=3.9"
dependencies = ["alpha", "beta==1.0; python_version < '3.10'"]
"""

Decided = Callable[[Path], Lock]


def by_uv(directory: Path) -> Lock:
    (directory / "pyproject.toml").write_text(UV_PROJECT)
    decision = decide_by_uv(read_project(directory), LockOptions(python=SERIES), SILENT)
    decision.path.write_bytes(decision.data)
    return read_lock(decision.path)


def by_poetry(directory: Path) -> Lock:
    project = project_of(directory, os.environ["UV_DEFAULT_INDEX"], "alpha")
    decision = decide_by_poetry(project, LockOptions(), SILENT)
    decision.path.write_bytes(decision.data)
    return read_lock(decision.path)


def by_plain_uv(directory: Path) -> Lock:
    (directory / "pyproject.toml").write_text(UV_PROJECT)
    run((uv_program(), "lock", "--quiet", "--project", directory))
    return read_lock(directory / "uv.lock")


def installed(environment: Path) -> Stack:
    return releases(capture(Reference.parse(f"venv:{environment}")).stack)


def environment_in(directory: Path) -> Path:
    place = directory / "environment"
    run((uv_program(), "venv", "--quiet", "--python", sys.executable, place))
    return place


@pytest.mark.parametrize("decided", [by_uv, by_poetry, by_plain_uv])
@pytest.mark.parametrize("installer", ["uv", "pip"])
def test_requirements_install_with_hashes(
    index: LocalIndex, tmp_path: Path, decided: Decided, installer: str
) -> None:
    lock = decided(tmp_path)
    file = tmp_path / "exported.txt"
    file.write_bytes(exported(lock, "requirements"))
    place = environment_in(tmp_path)
    pip = (sys.executable, "-m", "pip", "--python", str(place), "install")
    uv = (str(uv_program()), "pip", "install", "--python", str(place))
    run((*(uv if installer == "uv" else pip), "--require-hashes", "-r", file))
    assert installed(place).digest == packages_digest(locked_for(lock, HERE))
    assert [one.name for one in installed(place)] == ["alpha", "beta"]


@pytest.mark.parametrize("decided", [by_uv, by_poetry, by_plain_uv])
def test_the_requirements_are_the_lock_again(index: LocalIndex, tmp_path: Path, decided: Decided) -> None:
    lock = decided(tmp_path)
    data = exported(lock, "requirements")
    (tmp_path / "exported.txt").write_bytes(data)
    again = read_lock(tmp_path / "exported.txt")
    for platform in ("linux-64", "win-64"):
        there = marker_environment(platform, SERIES)
        assert packages_digest(locked_for(again, there)) == packages_digest(locked_for(lock, there))
    assert b"127.0.0.1" not in data
    assert str(tmp_path).encode() not in data


def test_a_changed_file_is_refused(index: LocalIndex, tmp_path: Path) -> None:
    (tmp_path / "exported.txt").write_bytes(exported(by_uv(tmp_path), "requirements"))
    for file in index.of("beta"):
        index.files[file] += b"\0"
    place = environment_in(tmp_path)
    command = (sys.executable, "-m", "pip", "--python", place, "install", "--require-hashes", "-r")
    finished = run((*command, tmp_path / "exported.txt"), check=False)
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in finished.messages


@pytest.mark.parametrize("decided", [by_poetry, by_plain_uv])
def test_a_standard_lock(index: LocalIndex, tmp_path: Path, decided: Decided) -> None:
    lock = decided(tmp_path)
    path = tmp_path / "pylock.toml"
    path.write_bytes(exported(lock, "pylock"))
    standard = Pylock.from_dict(tomllib.loads(path.read_text()))
    standard.validate()
    assert packages_digest(locked_for(read_lock(path), HERE)) == packages_digest(locked_for(lock, HERE))
    assert sorted(package.name for package, _ in standard.select()) == ["alpha", "beta"]
    if decided is by_poetry:  # it knows the names of the files, and not where they are
        for file, content in index.files.items():
            (tmp_path / file).write_bytes(content)
    place = environment_in(tmp_path)
    run((uv_program(), "pip", "sync", "--preview-features", "pylock", "--python", place, path))
    assert installed(place).digest == packages_digest(locked_for(lock, HERE))


def test_a_standard_lock_stays_as_it_is(index: LocalIndex, tmp_path: Path) -> None:
    lock = by_uv(tmp_path)
    assert exported(lock, "pylock") == lock.path.read_bytes()


def test_an_environment_for_conda(index: LocalIndex, tmp_path: Path) -> None:
    text = exported(by_uv(tmp_path), "environment.yml")
    document = yaml.safe_load(text)
    assert document["dependencies"][:2] == [f"python={SERIES}", "pip"]
    assert "alpha==1.0" in document["dependencies"][2]["pip"]
    path = tmp_path / "environment.yml"
    path.write_bytes(text)
    read = capture(Reference.parse(str(path)))
    assert {"alpha", "beta"} <= {one.name for one in read.stack}


def test_what_a_lock_cannot_be(index: LocalIndex, tmp_path: Path) -> None:
    lock = by_uv(tmp_path)
    with pytest.raises(RequestError, match="files of conda channels"):
        exported(lock, "explicit")
    with pytest.raises(RequestError, match="no format 'nix'"):
        exported(lock, "nix")
    assert "pylock" in FORMATS
