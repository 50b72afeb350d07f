"""pyproject.toml: the standard tables, and those of Poetry, uv, PDM, Hatch and setuptools."""

import tomllib
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from poetry.core.factory import Factory

from samestack.capture.observation import Observation
from samestack.capture.readers.projects.pyproject import read
from samestack.errors import InputError
from samestack.model import Component, Layer
from tests.malformed import as_toml, assert_reads_or_refuses, corrupted_text, hostile, mutated, spoiled_file

STANDARD = """
[project]
name = "visionary"
requires-python = ">=3.9"
dynamic = ["version", "optional-dependencies"]
dependencies = ["numpy>=1.21", "Torch==2.0.1+cu118; sys_platform == 'linux'", "uvloop", "visionary[more]"]

[project.optional-dependencies]
more = ["pandas==2.1.4", "visionary[other]"]
other = ["uvloop>=1"]

[dependency-groups]
test = ["pytest>=8", { include-group = "base" }]
lint = [{ include-group = "base" }]
base = ["coverage[toml]"]

[tool.uv]
dev-dependencies = ["mypy"]
constraint-dependencies = ["numpy<2", "protobuf<5"]

[tool.uv.sources]
uvloop = { git = "https://sarah:hunter2@git.example/uvloop", tag = "v1" }
pandas = { index = "nightly" }
mypy = [{ url = "https://host.example/mypy.zip", marker = "os_name == 'nt'" }]

[tool.pdm.dev-dependencies]
docs = ["sphinx", "-e file:///srv/theme#egg=theme"]

[tool.hatch.envs.bench]
dependencies = ["pipdeptree"]
extra-dependencies = ["psutil"]
"""
POETRY = """
[tool.poetry]
name = "visionary"
version = "1"
description = ""
authors = []

[tool.poetry.dependencies]
python = "^3.9"
numpy = "^1.21"
pandas = "~2.1"
torch = [
  { version = "2.0.1", python = "<3.11", platform = "linux" },
  { version = "2.1.0", python = ">=3.11" },
]
scipy = { version = "*", optional = true }
idle = { version = "1", optional = true }
six = ">=1.10 <1.13 || ^1.15"
requests = { version = "2.31.0", extras = ["socks"], markers = "os_name == 'posix'" }
uvloop = { git = "https://git.example/uvloop.git", rev = "0123abc", subdirectory = "a" }
foo = { url = "https://sarah:hunter2@host.example/foo-1.2-py3-none-any.whl" }
bar = { path = "../bar", develop = true }
nightly = { version = "1.*", source = "nightly" }

[tool.poetry.extras]
more = ["scipy"]
all = ["scipy"]

[tool.poetry.group.test]
include-groups = ["base"]

[tool.poetry.group.test.dependencies]
pytest = "^8"

[tool.poetry.group.base.dependencies]
coverage = "*"

[tool.poetry.dev-dependencies]
mypy = "^1"
"""


def read_text(directory: Path, text: str) -> Observation:
    path = directory / "pyproject.toml"
    path.write_text(dedent(text))
    return read(path)


def by_name(observation: Observation) -> dict[str, Component]:
    return {component.name: component for component in observation.components}


def groups(component: Component) -> object:
    return component.circumstances.get("group")


def test_the_standard_tables(tmp_path: Path) -> None:
    packages = by_name(read_text(tmp_path, STANDARD))
    assert (packages["python"].layer, packages["python"].requirement) == (Layer.PYTHON, ">=3.9")
    assert (packages["torch"].version, packages["torch"].marker) == ("2.0.1+cu118", 'sys_platform == "linux"')
    assert (packages["pandas"].version, groups(packages["pandas"])) == ("2.1.4", ("more",))
    assert groups(packages["numpy"]) is None
    assert "visionary" not in packages


def test_groups_with_what_they_include(tmp_path: Path) -> None:
    packages = by_name(read_text(tmp_path, STANDARD))
    assert groups(packages["pytest"]) == ("test",)
    assert groups(packages["coverage"]) == ("base", "lint", "test")
    assert packages["coverage"].facts == {"extras": ("toml",)}


def test_what_the_tools_add(tmp_path: Path) -> None:
    observation = read_text(tmp_path, STANDARD)
    packages = by_name(observation)
    assert packages["numpy"].requirement == "<2,>=1.21"
    assert packages["protobuf"].circumstances == {"constraint": True}
    uvloops = [one for one in observation.components if one.name == "uvloop"]
    assert {one.source for one in uvloops} == {"git+https://git.example/uvloop@v1"}
    assert packages["pandas"].circumstances == {"group": ("more",), "index": "nightly"}
    assert (groups(packages["mypy"]), packages["mypy"].source) == (("dev",), None)
    assert packages["theme"].circumstances == {"editable": "/srv/theme", "group": ("docs",)}
    assert groups(packages["pipdeptree"]) == groups(packages["psutil"]) == ("bench",)


def test_what_only_a_build_tells_is_said(tmp_path: Path) -> None:
    remarks = read_text(tmp_path, STANDARD).remarks
    assert [(remark.code, remark.subject) for remark in remarks] == [
        ("dynamic-metadata", "optional-dependencies")
    ]


def test_poetry_writes_in_its_own_syntax(tmp_path: Path) -> None:
    observation = read_text(tmp_path, POETRY)
    packages = by_name(observation)
    assert packages["python"].requirement == "<4,>=3.9"
    assert packages["numpy"].requirement == "<2,>=1.21"
    assert packages["six"].requirement == ">=1.10 <1.13 || ^1.15"
    assert (packages["requests"].version, packages["requests"].facts) == ("2.31.0", {"extras": ("socks",)})
    assert packages["uvloop"].source == "git+https://git.example/uvloop.git@0123abc#subdirectory=a"
    assert (packages["foo"].version, packages["foo"].source) == (
        "1.2",
        "https://host.example/foo-1.2-py3-none-any.whl",
    )
    assert packages["bar"].circumstances == {"editable": "../bar"}
    assert packages["nightly"].circumstances == {"index": "nightly"}
    assert {(one.version, one.marker) for one in observation.components if one.name == "torch"} == {
        ("2.0.1", 'python_full_version < "3.11" and sys_platform == "linux"'),
        ("2.1.0", 'python_full_version >= "3.11"'),
    }


def test_poetry_has_groups_and_extras(tmp_path: Path) -> None:
    packages = by_name(read_text(tmp_path, POETRY))
    assert groups(packages["scipy"]) == ("all", "more")
    assert "idle" not in packages
    assert groups(packages["pytest"]) == ("test",)
    assert groups(packages["coverage"]) == ("base", "test")
    assert groups(packages["mypy"]) == ("dev",)


def test_poetry_itself_reads_the_same_names(tmp_path: Path) -> None:
    packages = by_name(read_text(tmp_path, POETRY))
    theirs = Factory().create_poetry(tmp_path).package.all_requires
    # An optional dependency that no extra asks for is never installed.
    assert {one.name for one in theirs} - {"idle"} == packages.keys() - {"python"}


def test_poetry_only_adds_where_the_standard_table_speaks(tmp_path: Path) -> None:
    manifest = """
        [project]
        name = "visionary"
        version = "1"
        dependencies = ["uvloop>=1"]
        [tool.poetry.dependencies]
        uvloop = { git = "https://git.example/uvloop.git" }
        python = "^3.11"
        other = "^1"
    """
    packages = by_name(read_text(tmp_path, manifest))
    assert packages.keys() == {"python", "uvloop"}
    assert packages["uvloop"].source == "git+https://git.example/uvloop.git"
    assert packages["python"].requirement == "<4,>=3.11"
    dynamic = manifest.replace('dependencies = ["uvloop>=1"]', 'dynamic = ["dependencies"]')
    observation = read_text(tmp_path, dynamic)
    assert by_name(observation).keys() == {"python", "uvloop", "other"}
    assert observation.remarks == ()


def test_a_python_that_specifiers_cannot_say_is_kept_as_it_is_written(tmp_path: Path) -> None:
    (python,) = read_text(tmp_path, '[tool.poetry.dependencies]\npython = "~2.7 || ^3.6"\n').components
    assert python.requirement == "~2.7 || ^3.6"


SETUPTOOLS = """
[project]
name = "visionary"
dynamic = ["dependencies", "optional-dependencies"]
[tool.setuptools.dynamic]
dependencies = { file = "requirements.txt" }
optional-dependencies.test = { file = ["test.txt"] }
"""


def test_setuptools_leads_to_requirements_files(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("six==1.16.0\n")
    (tmp_path / "test.txt").write_text("pytest\n-i https://index.example/simple\n")
    observation = read_text(tmp_path, SETUPTOOLS)
    packages = by_name(observation)
    assert (packages["six"].version, groups(packages["pytest"])) == ("1.16.0", ("test",))
    assert [remark.code for remark in observation.remarks] == ["package-index"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[project]\ndependencies = 1",
            r"pyproject\.toml: \$\.project\.dependencies: Expected `array \| null`",
        ),
        (
            "[project]\ndependencies = ['a', '=']",
            r"pyproject\.toml: project\.dependencies\[1\]: not a requirement",
        ),
        (
            "[project]\nrequires-python = 'x'",
            r"pyproject\.toml: project\.requires-python: not a version specifier",
        ),
        ("[dependency-groups]\na = [{include-group = 'a'}]", r"dependency-groups: groups include .* a -> a"),
        ("[dependency-groups]\na = [{include-group = 'b'}]", r"includes 'b', a group that is not there"),
        ("[dependency-groups]\na = [{x = 'b'}]", r"\$\.dependency-groups\[\.\.\.\]\[0\]"),
        ("[dependency-groups]\na = ['=']", r"dependency-groups\.a\[0\]: not a requirement"),
        ("[tool.poetry.dependencies]\na = '^'", r"tool\.poetry\.dependencies\.a: not a version constraint"),
        ("[tool.uv.sources]\na = {url = 'https://['}", r"tool\.uv\.sources"),
        (SETUPTOOLS, r"leads to .*requirements\.txt: no such file"),
        (
            SETUPTOOLS.replace("requirements.txt", "../a.txt"),
            r"tool\.setuptools\.dynamic: leads out of the project",
        ),
        ("[dependency-groups]\na = [" + "'six', " * 20_001 + "]", r"more than 20000 requirements"),
        ("[project", r"pyproject\.toml: not TOML"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_text(tmp_path, text)


@hostile
@given(mutated(tomllib.loads(STANDARD)))
def test_a_spoiled_standard_manifest_is_read_or_refused(document: object) -> None:
    with spoiled_file("pyproject.toml", as_toml(document)) as path:
        assert_reads_or_refuses(read, path)


@hostile
@given(mutated(tomllib.loads(POETRY + SETUPTOOLS)))
def test_a_spoiled_manifest_of_poetry_is_read_or_refused(document: object) -> None:
    with spoiled_file("pyproject.toml", as_toml(document)) as path:
        assert_reads_or_refuses(read, path)


@hostile
@given(corrupted_text(STANDARD))
def test_corrupted_text_is_read_or_refused(content: bytes) -> None:
    with spoiled_file("pyproject.toml", content) as path:
        assert_reads_or_refuses(read, path)
