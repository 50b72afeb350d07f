"""Locks of all tools, as locks; and what is none."""

import re
from pathlib import Path

import pytest

from samestack.errors import InputError, RequestError
from samestack.lock.lock_table import LockTable
from samestack.lock.platforms import marker_environment
from samestack.lock.reading import find_lock, read_lock
from samestack.lock.selecting import locked_digest, locked_for
from samestack.model import Layer
from samestack.project.reading import read_project
from tests.lock.projects import write_files

HASH = "sha256:" + "ab" * 32
PINNED = f"six==1.17.0 \\\n    --hash={HASH}\ncolorama==0.4.6 ; sys_platform == 'win32' --hash={HASH}\n"
UV_LOCK = """\
version = 1
requires-python = ">=3.9"

[[package]]
name = "example"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "colorama", marker = "sys_platform == 'win32'" }, { name = "six" }]

[[package]]
name = "colorama"
version = "0.4.6"
source = { registry = "https://example.com/simple" }

[[package]]
name = "six"
version = "1.17.0"
source = { registry = "https://example.com/simple" }
"""
POETRY_LOCK = """\
[[package]]
name = "colorama"
version = "0.4.6"
optional = false
python-versions = "*"
groups = ["main"]
markers = "sys_platform == 'win32'"
files = []

[[package]]
name = "six"
version = "1.17.0"
optional = false
python-versions = "*"
groups = ["main"]
files = []

[metadata]
lock-version = "2.1"
python-versions = ">=3.9"
content-hash = "ab"
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [("requirements.txt", PINNED), ("uv.lock", UV_LOCK), ("poetry.lock", POETRY_LOCK)],
)
def test_whoever_wrote_it_a_lock_decides_the_same(tmp_path: Path, name: str, text: str) -> None:
    lock = read_lock(write_files(tmp_path, {name: text}) / name)
    assert lock.kind == name
    assert lock.table == LockTable()
    for platform, expected in (("linux-64", ["six"]), ("win-64", ["colorama", "six"])):
        locked = locked_for(lock, marker_environment(platform, "3.11"))
        packages = [one for one in locked.layer(Layer.PACKAGES) if one.version and one.name != "example"]
        assert [one.name for one in packages] == expected
        assert all(one.marker is None for one in packages)
    six = write_files(tmp_path, {"other/requirements.txt": PINNED.partition("colorama")[0]})
    alone = read_lock(six / "other/requirements.txt")
    environment = marker_environment("linux-64", "3.11")
    if name != "uv.lock":  # which locks the project itself, too
        assert locked_digest(lock, environment) == locked_digest(alone, environment)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("requirements.txt", "six==1.17.0\n", "'six 1.17.0' has no release with hashes"),
        ("requirements.txt", f"six>=1 --hash={HASH}\n", "'six >=1' has no release with hashes"),
        ("environment.yml", "dependencies: [numpy]\n", "it asks for packages and decides none"),
        ("pylock.toml", "lock-version = 1\n", "pylock.toml"),
    ],
)
def test_what_is_no_lock_is_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    write_files(tmp_path, {name: text})
    with pytest.raises(InputError, match=re.escape(said)):
        read_lock(tmp_path / name)


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no such file"):
        read_lock(tmp_path / "pylock.toml")


def test_the_lock_of_the_backend_is_found_before_any_other(tmp_path: Path) -> None:
    write_files(tmp_path, {"requirements.txt": "six\n"})
    project = read_project(tmp_path)
    assert find_lock(project) is None
    write_files(tmp_path, {"uv.lock": UV_LOCK})
    assert find_lock(project) == tmp_path / "uv.lock"
    write_files(tmp_path, {"pylock.toml": ""})
    assert find_lock(project) == tmp_path / "pylock.toml"
