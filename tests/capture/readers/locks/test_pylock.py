"""pylock.toml, written by uv and by hand."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given

from samestack.capture.observation import Observation
from samestack.capture.readers.locks.pylock import read
from samestack.errors import InputError
from samestack.model import Component
from tests.malformed import as_toml, assert_reads_or_refuses, corrupted_text, hostile, mutated, spoiled_file

DIGITS = "0123456789abcdef" * 4
LOCK = f"""
lock-version = "1.0"
created-by = "hand"
requires-python = ">=3.9"
environments = ["sys_platform == 'linux'", "sys_platform == 'darwin'"]
extras = ["more"]
dependency-groups = ["dev", "test"]
default-groups = ["dev"]

[[packages]]
name = "six"
version = "1.16.0"
index = "https://sarah:hunter2@index.example/simple"
[packages.sdist]
url = "https://host.example/six-1.16.0.tar.gz"
hashes = {{ sha256 = "{DIGITS}" }}
[[packages.wheels]]
url = "https://host.example/six-1.16.0-py2.py3-none-any.whl"
hashes = {{ sha256 = "{DIGITS[::-1]}", md5 = "{DIGITS[:32]}" }}

[[packages]]
name = "idna"
version = "3.4"
marker = "'more' in extras and python_version < '3.11'"
wheels = [{{ path = "wheels/idna-3.4-py3-none-any.whl", hashes = {{ sha256 = "{DIGITS}" }} }}]

[[packages]]
name = "pytest"
version = "8.0.0"
marker = "'dev' in dependency_groups or 'test' in dependency_groups"
wheels = [{{ path = "wheels/pytest-8.0.0-py3-none-any.whl", hashes = {{ sha256 = "{DIGITS}" }} }}]

[[packages]]
name = "coverage"
version = "7.0"
marker = "'test' in dependency_groups"
[packages.archive]
url = "https://sarah:hunter2@host.example/coverage.zip"
subdirectory = "a"
hashes = {{ sha256 = "{DIGITS}" }}

[[packages]]
name = "own"
directory = {{ path = ".", editable = true }}

[[packages]]
name = "part"
directory = {{ path = "parts", subdirectory = "one" }}

[[packages]]
name = "thing"
version = "1"
[packages.vcs]
type = "git"
url = "https://sarah:hunter2@git.example/thing"
requested-revision = "main"
commit-id = "0123abc"
subdirectory = "b"
"""


def read_text(directory: Path, text: str) -> Observation:
    path = directory / "pylock.toml"
    path.write_text(text)
    return read(path)


def by_name(observation: Observation) -> dict[str, Component]:
    return {component.name: component for component in observation.components}


def test_packages_of_every_source(tmp_path: Path) -> None:
    packages = by_name(read_text(tmp_path, LOCK))
    assert packages["python"].requirement == ">=3.9"
    assert packages["six"].version == "1.16.0"
    assert packages["six"].circumstances == {"index": "https://index.example/simple"}
    assert packages["six"].facts["hashes"] == (
        f"md5:{DIGITS[:32]}",
        f"sha256:{DIGITS}",
        f"sha256:{DIGITS[::-1]}",
    )
    assert packages["coverage"].source == "https://host.example/coverage.zip#subdirectory=a"
    assert packages["coverage"].facts["hashes"] == (f"sha256:{DIGITS}",)
    assert packages["own"].circumstances == {"editable": "."}
    assert packages["part"].circumstances == {"path": "parts/one"}
    assert packages["thing"].source == "git+https://git.example/thing@0123abc#subdirectory=b"


def test_markers_are_parted_from_extras_and_groups(tmp_path: Path) -> None:
    packages = by_name(read_text(tmp_path, LOCK))
    assert (packages["idna"].marker, packages["idna"].circumstances) == (
        'python_version < "3.11"',
        {"group": ("more",)},
    )
    assert (packages["pytest"].marker, packages["pytest"].circumstances) == (None, {})
    assert (packages["coverage"].marker, packages["coverage"].circumstances) == (None, {"group": ("test",)})


def test_a_lock_for_some_environments_says_so(tmp_path: Path) -> None:
    assert [remark.code for remark in read_text(tmp_path, LOCK).remarks] == ["limited-lock"]


def test_a_later_minor_version_is_read_and_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    observation = read_text(tmp_path, LOCK.replace('"1.0"', '"1.7"'))
    assert [remark.code for remark in observation.remarks] == ["limited-lock", "later-version"]
    assert observation.components == read_text(tmp_path, LOCK).components
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            'lock-version = "1.0"',
            'lock-version = "2.0"',
            r"pylock\.toml: pylock version 2\.0 is not supported",
        ),
        ('lock-version = "1.0"', "lock-version = 1", r"pylock\.toml: lock-version: Unexpected type int"),
        ('name = "six"', 'name = "Six"', r"pylock\.toml: packages\[0\]\.name: Name 'Six' is not normalized"),
        (
            'version = "3.4"',
            'version = "3.5"',
            r"pylock\.toml: packages\[1\]\.wheels\[0\]: Version in 'idna-3\.4",
        ),
        ("'more' in extras", "'more' within extras", r"pylock\.toml: packages\[1\]\.marker: Expected"),
        (f'sha256 = "{DIGITS[::-1]}"', 'sha256 = "x"', r"pylock\.toml: packages\[0\]: not a hash"),
        ("[[packages]]", "[[packages", r"pylock\.toml: not TOML"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    tmp_path: Path, before: str, after: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read_text(tmp_path, LOCK.replace(before, after, 1))


@hostile
@given(mutated(tomllib.loads(LOCK)))
def test_a_spoiled_lock_is_read_or_refused(document: object) -> None:
    with spoiled_file("pylock.toml", as_toml(document)) as path:
        assert_reads_or_refuses(read, path)


@hostile
@given(corrupted_text(LOCK))
def test_corrupted_text_is_read_or_refused(content: bytes) -> None:
    with spoiled_file("pylock.toml", content) as path:
        assert_reads_or_refuses(read, path)


@pytest.mark.registry
def test_what_uv_exports(uv_project: Path) -> None:
    observation = read(uv_project / "pylock.toml")
    packages = by_name(observation)
    assert packages["requests"].version == "2.31.0"
    assert packages["part"].circumstances == {"editable": "part"}
    assert {(one.version, one.marker) for one in observation.components if one.name == "attrs"} == {
        ("22.1.0", 'python_full_version < "3.11"'),
        ("23.1.0", 'python_full_version >= "3.11"'),
    }
    locked = [one for one in observation.components if "index" in one.circumstances]
    assert len(locked) > 5
    assert all(one.facts["hashes"] for one in locked)
