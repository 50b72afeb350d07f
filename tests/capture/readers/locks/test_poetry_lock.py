"""poetry.lock, of Poetry 2 and of Poetry 1."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given

from samestack.capture.observation import Observation
from samestack.capture.readers.locks.poetry_lock import read
from samestack.errors import InputError
from samestack.model import Component, Value
from tests.malformed import as_toml, assert_reads_or_refuses, corrupted_text, hostile, mutated, spoiled_file

DIGITS = "0123456789abcdef" * 4
SOURCES = """
[[package]]
name = "thing"
version = "1"
GROUPS
[package.source]
type = "git"
url = "https://sarah:hunter2@git.example/thing.git"
reference = "main"
resolved_reference = "0123abc"
subdirectory = "a"

[[package]]
name = "archive"
version = "1"
GROUPS
[package.source]
type = "url"
url = "https://sarah:hunter2@host.example/archive.zip"

[[package]]
name = "own"
version = "1"
develop = true
GROUPS
[package.source]
type = "directory"
url = "../own"

[[package]]
name = "file"
version = "1"
GROUPS
[package.source]
type = "file"
url = "file-1.tar.gz"

[[package]]
name = "listed"
version = "1"
GROUPS
[package.source]
type = "legacy"
url = "https://sarah:hunter2@index.example/simple"
reference = "packages"
"""
LOCK = f"""
[[package]]
name = "Six"
version = "1.16.0"
optional = false
python-versions = ">=3.9"
groups = ["main", "dev", "docs"]
markers = {{ main = "os_name == 'nt'", dev = "os_name == 'posix'" }}
files = [
  {{ file = "six-1.16.0.tar.gz", hash = "sha256:{DIGITS}" }},
  {{ file = "six-1.16.0-py3-none-any.whl", hash = "sha256:{DIGITS[::-1]}" }},
]

[[package]]
name = "idna"
version = "3.4"
optional = true
groups = ["main"]
markers = "python_version < \\"3.11\\" and (extra == \\"x\\" or extra == \\"y\\")"
files = []
{SOURCES.replace("GROUPS", 'groups = ["main"]')}
[extras]
x = ["idna"]

[metadata]
lock-version = "2.1"
python-versions = "^3.9"
content-hash = "{DIGITS}"
"""
# As Poetry 1.8 writes it: no groups and no markers, but on the dependencies.
LOCK_1 = f"""
[[package]]
name = "click"
version = "8.1.3"
optional = false
[package.dependencies]
colorama = {{ version = "*", markers = "platform_system == \\"Windows\\"" }}

[[package]]
name = "colorama"
version = "0.4.6"
optional = false

[[package]]
name = "requests"
version = "2.31.0"
optional = false
[package.dependencies]
idna = ">=2.5,<4"
PySocks = {{ version = ">=1.5.6", optional = true, markers = "extra == \\"socks\\"" }}
[package.extras]
socks = ["PySocks (>=1.5.6,!=1.5.7)"]

[[package]]
name = "pysocks"
version = "1.7.1"
optional = false

[[package]]
name = "idna"
version = "3.4"
optional = false

[[package]]
name = "numpy"
version = "1.24.4"
optional = false

[[package]]
name = "numpy"
version = "1.26.4"
optional = false

[[package]]
name = "six"
version = "1.16.0"
optional = true

[[package]]
name = "pytest"
version = "7.4.4"
category = "dev"
optional = false
[package.dependencies]
colorama = {{ version = "*", markers = "sys_platform == \\"win32\\"" }}

[extras]
x = ["six"]

[metadata]
lock-version = "2.0"
python-versions = "~2.7 || ^3.8"
content-hash = "{DIGITS}"

[metadata.files]
six = [{{ file = "six-1.16.0.tar.gz", hash = "sha256:{DIGITS}" }}]
"""
MANIFEST_1 = """
[tool.poetry.dependencies]
python = "^3.8"
requests = { version = "2.31.0", extras = ["socks"] }
click = "8.1.3"
six = { version = "1.16.0", optional = true }
numpy = [{ version = "1.24.4", python = "<3.9" }, { version = "1.26.4", python = ">=3.9" }]
[tool.poetry.extras]
x = ["six"]
[tool.poetry.group.dev.dependencies]
pytest = "~7.4"
"""


def read_text(directory: Path, text: str) -> Observation:
    path = directory / "poetry.lock"
    path.write_text(text)
    return read(path)


def by_name(observation: Observation) -> dict[str, Component]:
    return {component.name: component for component in observation.components}


def needed(observation: Observation, name: str) -> set[tuple[str | None, str | None, Value | None]]:
    return {
        (one.version, one.marker, one.circumstances.get("group"))
        for one in observation.components
        if one.name == name
    }


def test_packages_of_every_source(tmp_path: Path) -> None:
    packages = by_name(read_text(tmp_path, LOCK))
    assert packages["python"].requirement == "<4,>=3.9"
    assert packages["six"].facts == {"hashes": (f"sha256:{DIGITS}", f"sha256:{DIGITS[::-1]}")}
    assert packages["thing"].source == "git+https://git.example/thing.git@0123abc#subdirectory=a"
    assert packages["archive"].source == "https://host.example/archive.zip"
    assert packages["own"].circumstances == {"editable": "../own"}
    assert packages["file"].circumstances == {"path": "file-1.tar.gz"}
    assert packages["listed"].circumstances == {"index": "https://index.example/simple"}


def test_poetry_2_says_when_each_package_is_needed(tmp_path: Path) -> None:
    observation = read_text(tmp_path, LOCK)
    assert needed(observation, "six") == {
        ("1.16.0", 'os_name == "nt"', None),
        ("1.16.0", 'os_name == "posix"', ("dev",)),
        ("1.16.0", None, ("docs",)),
    }
    assert needed(observation, "idna") == {("3.4", 'python_version < "3.11"', ("x", "y"))}
    assert observation.remarks == ()


def test_for_poetry_1_the_manifest_beside_the_lock_tells(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(MANIFEST_1)
    observation = read_text(tmp_path, LOCK_1)
    assert needed(observation, "colorama") == {
        ("0.4.6", 'platform_system == "Windows"', None),
        ("0.4.6", 'sys_platform == "win32"', ("dev",)),
    }
    assert needed(observation, "pysocks") == {("1.7.1", None, None)}
    assert needed(observation, "idna") == {("3.4", None, None)}
    assert needed(observation, "numpy") == {
        ("1.24.4", 'python_full_version < "3.9"', None),
        ("1.26.4", 'python_full_version >= "3.9"', None),
    }
    assert needed(observation, "six") == {("1.16.0", None, ("x",))}
    assert needed(observation, "pytest") == {("7.4.4", None, ("dev",))}
    assert observation.remarks == ()


def test_for_poetry_1_without_a_manifest_what_nothing_needs_was_asked_for(tmp_path: Path) -> None:
    observation = read_text(tmp_path, LOCK_1)
    assert needed(observation, "click") == {("8.1.3", None, None)}
    assert needed(observation, "colorama") == {
        ("0.4.6", 'platform_system == "Windows"', None),
        ("0.4.6", 'sys_platform == "win32"', ("dev",)),
    }
    assert needed(observation, "six") == {("1.16.0", None, ("x",))}
    assert needed(observation, "pysocks") == {("1.7.1", None, None)}
    assert by_name(observation)["six"].facts == {"hashes": (f"sha256:{DIGITS}",)}
    assert by_name(observation)["python"].requirement == "~2.7 || ^3.8"


def test_what_the_manifest_no_longer_asks_for_is_said(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(MANIFEST_1.replace('click = "8.1.3"\n', ""))
    observation = read_text(tmp_path, LOCK_1)
    assert [(remark.code, remark.subject) for remark in observation.remarks] == [
        ("unneeded-package", "click")
    ]
    assert needed(observation, "click") == {("8.1.3", None, None)}


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('"2.1"', '"3.0"', r"poetry\.lock: \$\.metadata\.lock-version: lock version 3\.0 is not known"),
        ('"^3.9"', '"^"', r"\$\.metadata\.python-versions: not a version constraint of Poetry's"),
        ('version = "1.16.0"', 'version = "x"', r"\$\.package\[0\]: not a version"),
        ("os_name == 'nt'", "os_name", r"\$\.package: not an environment marker"),
        ("sha256:0", "sha256:x", r"\$\.package\[0\]: not a hash"),
        (
            "[metadata]",
            "[meta]",
            r"\$: Object missing required field `metadata`|missing required field `metadata`",
        ),
        (
            'name = "Six"',
            "",
            r"\$\.package\[0\]: Object missing required field `name`|missing required field `name`",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    tmp_path: Path, before: str, after: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read_text(tmp_path, LOCK.replace(before, after, 1))


def test_a_malformed_manifest_beside_a_lock_of_poetry_1_is_named(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool")
    with pytest.raises(InputError, match=r"poetry\.lock: leads to .*pyproject\.toml: not TOML"):
        read_text(tmp_path, LOCK_1)


@hostile
@given(mutated(tomllib.loads(LOCK)))
def test_a_spoiled_lock_of_poetry_2_is_read_or_refused(document: object) -> None:
    with spoiled_file("poetry.lock", as_toml(document)) as path:
        assert_reads_or_refuses(read, path)


@hostile
@given(mutated(tomllib.loads(LOCK_1)), mutated(tomllib.loads(MANIFEST_1)))
def test_a_spoiled_lock_of_poetry_1_is_read_or_refused(document: object, manifest: object) -> None:
    with spoiled_file("poetry.lock", as_toml(document)) as path:
        assert_reads_or_refuses(read, path)
        path.with_name("pyproject.toml").write_bytes(as_toml(manifest))
        assert_reads_or_refuses(read, path)


@hostile
@given(corrupted_text(LOCK))
def test_corrupted_text_is_read_or_refused(content: bytes) -> None:
    with spoiled_file("poetry.lock", content) as path:
        assert_reads_or_refuses(read, path)


@pytest.mark.registry
def test_what_poetry_locks(poetry_project: Path) -> None:
    observation = read(poetry_project / "poetry.lock")
    packages = by_name(observation)
    assert {one.version for one in observation.components if one.name == "requests"} == {"2.31.0"}
    assert needed(observation, "pysocks") == {("1.7.1", None, None)}
    assert needed(observation, "six") == {("1.16.0", None, ("more",))}
    assert needed(observation, "colorama") == {
        ("0.4.6", 'platform_system == "Windows"', None),
        ("0.4.6", 'sys_platform == "linux"', ("dev",)),
    }
    assert needed(observation, "attrs") == {
        ("22.1.0", 'python_version < "3.11"', ("dev",)),
        ("23.1.0", 'python_version >= "3.11"', ("dev",)),
    }
    assert packages["python"].requirement == ">=3.9"
    assert all(one.facts["hashes"] for name, one in packages.items() if name != "python")
    assert observation.remarks == ()
