"""What of its files a lock was decided from."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import InputError
from samestack.lock.input_files import input_files
from samestack.lock.inputs import input_digest, input_digests
from samestack.project.reading import read_project
from tests.lock.projects import MANIFEST, write_files

RELEVANT = (
    ('"app"', '"app<2"'),
    ('">=3.9"', '">=3.8"'),
    ('gpu = ["fast"]', 'gpu = ["fast", "app"]'),
    ('test = ["checker"]', "test = []"),
    ('python = "3.9"', 'python = "3.10"'),
    ("[tool.samestack]", "[tool.uv]\nno-index = true\n[tool.samestack]"),
    ("[tool.samestack]", '[build-system]\nrequires = ["hatchling"]\n[tool.samestack]'),
)
IRRELEVANT = (
    ('version = "1"', 'version = "2"'),
    ("[tool.samestack]", "[tool.ruff]\nline-length = 110\n[tool.samestack]"),
    ("[tool.samestack]", '# comment\n[tool.samestack]\nenvironment = "venv"'),
    ("[tool.samestack]", "[tool.samestack.check]\nfail-on = 'never'\n[tool.samestack]"),
    ("\n", "\r\n"),
)


def manifest(directory: Path, text: str) -> Path:
    path = directory / "pyproject.toml"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(("old", "new"), RELEVANT)
def test_what_decides_changes_the_digest(tmp_path: Path, old: str, new: str) -> None:
    before = input_digest(manifest(tmp_path, MANIFEST))
    assert MANIFEST.replace(old, new) != MANIFEST
    assert input_digest(manifest(tmp_path, MANIFEST.replace(old, new, 1))) != before


@pytest.mark.parametrize(("old", "new"), IRRELEVANT)
def test_what_decides_nothing_does_not(tmp_path: Path, old: str, new: str) -> None:
    before = input_digest(manifest(tmp_path, MANIFEST))
    assert MANIFEST.replace(old, new) != MANIFEST
    assert input_digest(manifest(tmp_path, MANIFEST.replace(old, new))) == before


@given(st.binary(max_size=100))
def test_of_other_files_every_byte_counts(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("inputs") / "requirements.txt"
    path.write_bytes(content)
    before = input_digest(path)
    path.write_bytes(content + b"#")
    assert input_digest(path) != before


def test_files_are_named_from_the_lock(tmp_path: Path) -> None:
    write_files(tmp_path, {"requirements.txt": "six\n", "locks/other.txt": "six\n"})
    files = [tmp_path / "requirements.txt", tmp_path / "locks/other.txt", tmp_path / "gone.txt"]
    digests = input_digests(files, tmp_path / "locks")
    assert list(digests) == ["../gone.txt", "../requirements.txt", "other.txt"]
    assert digests["../gone.txt"] == "missing"
    assert digests["other.txt"] == digests["../requirements.txt"] != "missing"


def test_what_is_no_toml_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"pyproject\.toml: not TOML"):
        input_digest(manifest(tmp_path, "[tool\n"))


def test_everything_that_is_included_is_an_input(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "requirements.txt": "-r base.txt\n--constraint=limits/c.txt # why\n-rbase.txt\n-e ./lib\n",
            "base.txt": "-r requirements.txt\nsix\n-r https://example.com/more.txt\n",
            "limits/c.txt": "-r ../deeper.txt\n",
            "lib/setup.py": "",
            "lib/pyproject.toml": "",
        },
    )
    found = input_files(read_project(tmp_path), [tmp_path / "lib"])
    assert sorted(str(path.resolve().relative_to(tmp_path)) for path in found) == [
        "base.txt",
        "deeper.txt",
        "lib/pyproject.toml",
        "lib/setup.py",
        "limits/c.txt",
        "requirements.txt",
    ]


def test_files_that_setuptools_is_told_to_read_are_inputs(tmp_path: Path) -> None:
    text = """\
[project]
name = "example"
dynamic = ["dependencies", "optional-dependencies", "version"]
[tool.setuptools.dynamic]
version = {attr = "example.version"}
dependencies = {file = "wanted.txt"}
optional-dependencies.gpu = {file = ["gpu.txt"]}
"""
    write_files(tmp_path, {"pyproject.toml": text, "wanted.txt": "six\n", "gpu.txt": "six\n"})
    names = {path.name for path in input_files(read_project(tmp_path))}
    assert names == {"pyproject.toml", "wanted.txt", "gpu.txt"}
