"""uv.lock: the packages of a project, with the markers and groups that follow from who needs them."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from packaging.markers import Marker
from packaging.requirements import Requirement

from samestack.capture.observation import Observation
from samestack.capture.readers.locks.uv_lock import read
from samestack.errors import InputError
from samestack.model import Component, Layer
from tests.capture.readers.conftest import run_tool
from tests.malformed import as_toml, assert_reads_or_refuses, corrupted_text, hostile, mutated, spoiled_file

DIGITS = "0123456789abcdef" * 4
INDEX = '{ registry = "https://sarah:hunter2@index.example/simple" }'
LOCK = f"""
version = 1
revision = 3
requires-python = ">=3.9"
supported-markers = ["sys_platform == 'linux'"]

[[package]]
name = "whole"
version = "0.1"
source = {{ virtual = "." }}
dependencies = [
  {{ name = "six", marker = "os_name == 'nt'" }},
  {{ name = "own" }},
  {{ name = "plain", extra = ["more"] }},
  {{ name = "idna", version = "3.4", source = {INDEX}, marker = "python_full_version < '3.11'" }},
  {{ name = "idna", version = "3.6", source = {INDEX}, marker = "python_full_version >= '3.11'" }},
]
[package.optional-dependencies]
extra = [{{ name = "thing" }}]
[package.dev-dependencies]
dev = [{{ name = "archive" }}]

[[package]]
name = "six"
version = "1.16.0"
source = {INDEX}
sdist = {{ url = "https://host.example/six-1.16.0.tar.gz", hash = "sha256:{DIGITS}", size = 1 }}
wheels = [{{ url = "https://host.example/six-1.16.0-py3-none-any.whl", hash = "sha256:{DIGITS[::-1]}" }}]

[[package]]
name = "idna"
version = "3.4"
source = {INDEX}

[[package]]
name = "idna"
version = "3.6"
source = {INDEX}

[[package]]
name = "own"
source = {{ editable = "../own" }}
dependencies = [{{ name = "listed", marker = "os_name == 'posix'" }}]

[[package]]
name = "plain"
version = "1"
source = {{ directory = "plain" }}
[package.optional-dependencies]
more = [{{ name = "listed", marker = "os_name == 'nt'" }}]

[[package]]
name = "listed"
version = "2"
source = {{ registry = "../wheels" }}
wheels = [{{ path = "listed-2-py3-none-any.whl" }}]

[[package]]
name = "thing"
version = "1"
source = {{ git = "https://sarah:hunter2@git.example/thing?subdirectory=a&rev=main#0123abc" }}

[[package]]
name = "archive"
version = "1"
source = {{ url = "https://host.example/archive.zip", subdirectory = "b" }}
sdist = {{ hash = "sha256:{DIGITS}" }}

[[package]]
name = "file"
version = "1"
source = {{ path = "file-1.tar.gz" }}
resolution-markers = ["os_name == 'nt'", "os_name == 'java'"]
"""
SCRIPT = """
version = 1
requires-python = ">=3.11"
[manifest]
requirements = [{ name = "six", specifier = ">=1", marker = "os_name == 'nt'" }]
[[package]]
name = "six"
version = "1.16.0"
source = { registry = "https://index.example/simple" }
"""


def read_text(directory: Path, text: str) -> Observation:
    path = directory / "uv.lock"
    path.write_text(text)
    return read(path)


def by_name(observation: Observation) -> dict[str, Component]:
    return {component.name: component for component in observation.components}


def test_packages_of_every_source(tmp_path: Path) -> None:
    packages = by_name(read_text(tmp_path, LOCK))
    assert packages["python"].requirement == ">=3.9"
    assert packages["six"].version == "1.16.0"
    assert packages["six"].facts == {"hashes": (f"sha256:{DIGITS}", f"sha256:{DIGITS[::-1]}")}
    assert packages["six"].circumstances == {"index": "https://index.example/simple"}
    assert (packages["own"].version, packages["own"].circumstances) == (None, {"editable": "../own"})
    assert packages["plain"].circumstances == {"path": "plain"}
    assert packages["listed"].circumstances == {"index": "../wheels"}
    assert packages["thing"].source == "git+https://git.example/thing@0123abc#subdirectory=a"
    assert packages["archive"].source == "https://host.example/archive.zip#subdirectory=b"
    assert packages["file"].circumstances == {"path": "file-1.tar.gz"}


def test_the_project_itself_is_no_package_of_the_stack(tmp_path: Path) -> None:
    assert "whole" not in by_name(read_text(tmp_path, LOCK))


def test_when_each_package_is_needed(tmp_path: Path) -> None:
    observation = read_text(tmp_path, LOCK)
    packages = by_name(observation)
    assert packages["six"].marker == 'os_name == "nt"'
    assert packages["own"].marker is None
    assert packages["listed"].marker == 'os_name == "nt" or os_name == "posix"'
    assert {(one.version, one.marker) for one in observation.components if one.name == "idna"} == {
        ("3.4", 'python_full_version < "3.11"'),
        ("3.6", 'python_full_version >= "3.11"'),
    }
    assert packages["thing"].circumstances == {"group": ("extra",)}
    assert packages["archive"].circumstances == {"group": ("dev",)}


def test_what_nothing_needs_keeps_the_markers_it_was_resolved_for(tmp_path: Path) -> None:
    observation = read_text(tmp_path, LOCK)
    assert by_name(observation)["file"].marker == 'os_name == "nt" or os_name == "java"'
    assert [(remark.code, remark.subject) for remark in observation.remarks] == [
        ("limited-lock", "uv.lock"),
        ("unneeded-package", "file"),
    ]


def test_a_script_has_requirements_in_place_of_a_project(tmp_path: Path) -> None:
    observation = read_text(tmp_path, SCRIPT)
    assert (by_name(observation)["six"].marker, observation.remarks) == ('os_name == "nt"', ())


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("version = 1\n", "version = 2\n", r"uv\.lock: \$\.version: version 2 is not known"),
        ("version = 1\n", f"version = 0x{'f' * 9000}\n", r"uv\.lock: \$\.version: Expected `int`"),
        (
            'name = "six"\nversion = "1.16.0"',
            'name = "six"\nversion = "x"',
            r"\$\.package\[1\]: not a version",
        ),
        ("os_name == 'nt'", "os_name = 'nt'", r"\$\.package: not an environment marker"),
        ("sha256:0", "sha256:x", r"\$\.package\[1\]: not a hash"),
        ('">=3.9"', '"3.9"', r"\$\.requires-python: not a version specifier"),
        ('name = "six"\n', "name = 6\n", r"\$\.package\[1\]\.name: Expected `str`, got `int`"),
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
    with spoiled_file("uv.lock", as_toml(document)) as path:
        assert_reads_or_refuses(read, path)


@hostile
@given(corrupted_text(LOCK))
def test_corrupted_text_is_read_or_refused(content: bytes) -> None:
    with spoiled_file("uv.lock", content) as path:
        assert_reads_or_refuses(read, path)


ENVIRONMENTS = [
    {
        "python_version": python,
        "python_full_version": f"{python}.4",
        "sys_platform": platform,
        "platform_system": system,
        "os_name": "nt" if platform == "win32" else "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for python in ("3.9", "3.10", "3.11", "3.13")
    for platform, system in (("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows"))
]


@pytest.mark.registry
@pytest.mark.parametrize(
    ("options", "group"),
    [((), None), (("--extra", "old"), "old"), (("--extra", "new"), "new"), (("--only-group", "dev"), "dev")],
)
def test_what_is_needed_is_what_uv_exports(
    uv_project: Path, options: tuple[str, ...], group: str | None
) -> None:
    arguments = ("--quiet", "--frozen", "--no-hashes", "--no-header", "--no-annotate", "--no-emit-workspace")
    exported = run_tool(uv_project, "uv", "export", *arguments, "--no-default-groups", *options).output
    requirements = [Requirement(line) for line in exported.splitlines()]
    components = [one for one in read(uv_project / "uv.lock").components if one.layer is Layer.PACKAGES]
    for environment in ENVIRONMENTS:
        theirs = {(one.name, str(one.specifier)) for one in requirements if holds(one.marker, environment)}
        ours = {
            (one.name, f"=={one.version}")
            for one in components
            if is_asked_for(one, group, alone="--only-group" in options)
            and holds(one.marker and Marker(one.marker), environment)
        }
        # Where an extra replaces a version, what everybody else would get is listed as well.
        replaced = {("idna", "==3.6")} if group == "old" else set()
        assert ours - replaced == theirs


def holds(marker: Marker | str | None, environment: dict[str, str]) -> bool:
    return not isinstance(marker, Marker) or marker.evaluate(dict(environment))


def is_asked_for(component: Component, group: str | None, *, alone: bool) -> bool:
    groups = component.circumstances.get("group")
    return (not alone and groups is None) or (isinstance(groups, tuple) and group in groups)


@pytest.mark.registry
def test_a_workspace_is_read_once(uv_project: Path) -> None:
    observation = read(uv_project / "uv.lock")
    assert observation.remarks == ()
    names = [one.name for one in observation.components]
    assert names.count("six") == 1
    assert not {"whole", "part"} & set(names)
