"""What a running program says of itself is what the tool finds and decides."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import InvalidVersion, Version

import samestack.runtime
from samestack.capture.entry import capture
from samestack.capture.options import Options
from samestack.capture.probes.python import direct_url
from samestack.compare.releases import SEEDS, packages_digest
from samestack.compare.versions import normal_version
from samestack.model import Layer, Reference, Stack
from samestack.runtime import reporting
from samestack.runtime.direct_url import origin_of
from samestack.runtime.versions import normal_version as own_normal_version

SOURCE = Path(samestack.runtime.__file__).parents[2]
"""The directory of the tool's modules; a program that is asked with nothing else on its path has it."""
PROGRAM = """
import json, sys
sys.path[:0] = [SOURCE]
import samestack.runtime
print(samestack.runtime.report_json().decode())
"""
VERSIONS = st.one_of(
    st.from_regex(r"\A[vV]?[0-9]{1,3}(\.[0-9]{1,3}){0,3}([-_.]?(a|rc|ALPHA|preview|c)[-_.]?[0-9]{0,2})?\Z"),
    st.from_regex(
        r"\A([0-9]!)?[0-9]{1,3}(\.0?[0-9])?(-[0-9]|[._-]?(post|r|REV)[._-]?[0-9]?)?([._-]?dev[._-]?[0-9]?)?\Z"
    ),
    st.from_regex(r"\A[0-9]\.[0-9](\+[a-zA-Z0-9]{1,4}([-_.][a-zA-Z0-9]{1,4}){0,2})?\Z"),
    st.text(max_size=12),
)
ADDRESSES = st.sampled_from(
    (
        "https://host.example/a.whl",
        "https://user:secret@host.example/a.whl?token=secret&x=1#part",
        "ssh://git@host.example/team/a.git",
        "file:///work/a",
        "file://",
        "relative/a",
        "https://host.example/\u2028a ",
        "https://[broken/a",
    )
)
PARTS = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {},
        optional={
            "vcs": st.sampled_from(("git", "GIT", "")),
            "commit_id": st.sampled_from(("a" * 40, "-x;", "")),
            "editable": st.booleans(),
        },
    ),
)
DOCUMENTS = st.fixed_dictionaries(
    {"url": ADDRESSES},
    optional={
        "subdirectory": st.sampled_from(("", "packages/a", "a;b")),
        "vcs_info": PARTS,
        "dir_info": PARTS,
        "archive_info": PARTS,
    },
)


def told(python: str | Path, **variables: str) -> dict[str, object]:
    code = f"SOURCE = {str(SOURCE)!r}\n{PROGRAM}"
    finished = subprocess.run([python, "-c", code], env=variables, capture_output=True, check=True)
    answer = json.loads(finished.stdout)
    assert isinstance(answer, dict)
    return answer


def described(site: Path, name: str, version: str, origin: dict[str, object] | None = None) -> None:
    """A distribution as an installer leaves it."""
    place = site / f"{name}-{version}.dist-info"
    place.mkdir(parents=True)
    (place / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n\nVersion: 0\n"
    )
    if origin is not None:
        (place / "direct_url.json").write_text(json.dumps(origin))


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """A virtual environment with packages of several kinds, and its interpreter's seeds."""
    place = tmp_path / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    (site,) = place.glob("lib/python*/site-packages")
    described(site, "Jinja2", "3.1.6")
    described(site, "torch", "2.1.0+CU121")
    described(site, "old_one", "1.0-beta")
    described(site, "setuptools", "80.9.0")
    commit = {"vcs": "git", "commit_id": "a" * 40}
    described(site, "ours", "1", {"url": "https://user:secret@host.example/ours.git", "vcs_info": commit})
    described(site, "here", "1", {"url": "file:///work/here", "dir_info": {"editable": True}})
    described(site, "archive", "1", {"url": "file:///work/archive-1.whl", "archive_info": {}})
    (site / "plain-2.egg-info").write_text("Metadata-Version: 1.0\nName: plain\nVersion: 2\n")
    (site / "twin-2-py3.11.egg-info").mkdir()
    (site / "twin-2-py3.11.egg-info" / "PKG-INFO").write_text("Name: twin\nVersion: 2\n")
    described(site, "twin", "2")
    described(site, "~eftover", "2")
    return place


def captured(environment: Path) -> Stack:
    return capture(Reference.parse(f"venv:{environment}"), Options()).stack


def test_the_digest_is_that_of_the_tool(environment: Path) -> None:
    stack = captured(environment)
    report = told(environment / "bin/python")
    assert report["stack"] == packages_digest(stack, but={"here"})
    assert report["stack_without_seeds"] == packages_digest(stack, but=SEEDS | {"here"})
    assert report["seeds"] == {"setuptools": "80.9.0"}
    assert report["packages"] == len(stack.layer(Layer.PACKAGES)) - 1


def test_the_digest_of_what_runs_these_tests_is_that_of_the_tool() -> None:
    """A real environment, with hundreds of packages."""
    stack = captured(Path(sys.prefix))
    local = {one.name for one in stack.layer(Layer.PACKAGES) if one.circumstances.get("editable")}
    report = told(sys.executable)
    assert report["stack"] == packages_digest(stack, but=local)
    assert isinstance(report["packages"], int)
    assert report["packages"] > 100


def test_what_the_program_brings_along_is_not_the_stack(environment: Path, tmp_path: Path) -> None:
    before = told(environment / "bin/python")["stack"]
    described(tmp_path / "vendored", "numpy", "1")
    variables = {"PYTHONPATH": str(tmp_path / "vendored")}
    assert told(environment / "bin/python", **variables)["stack"] == before


def test_what_another_place_brings_into_the_process_is_the_stack(environment: Path, tmp_path: Path) -> None:
    before = told(environment / "bin/python")["stack"]
    described(tmp_path / "site-packages", "numpy", "1")
    variables = {"PYTHONPATH": str(tmp_path / "site-packages")}
    assert told(environment / "bin/python", **variables)["stack"] != before


def test_of_an_environment_of_conda_nothing_is_claimed(environment: Path) -> None:
    (environment / "conda-meta").mkdir()
    report = told(environment / "bin/python", SAMESTACK_STACK_DIGEST="sha256:of-the-image")
    assert (report["stack"], report["packages"]) == ("", 0)
    assert report["image_stack"] == "sha256:of-the-image"


def test_what_the_image_and_the_platform_say_is_told() -> None:
    report = told(
        sys.executable,
        SAMESTACK_PROFILE="staging",
        SAMESTACK_STACK_DIGEST="sha256:one",
        SAMESTACK_LOCK_DIGEST="sha256:two",
        DATABASE_PASSWORD="canary-7c1d",
    )
    assert report["profile"] == "staging"
    assert report["image_stack"] == "sha256:one"
    assert report["image_lock"] == "sha256:two"
    assert report["python"] == ".".join(map(str, sys.version_info[:3]))
    assert "canary-7c1d" not in json.dumps(report)


def test_the_report_has_the_same_keys_always(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(samestack.runtime.report()) == set(reporting.Report.__annotations__)
    moment = samestack.runtime.report()["started_at"]
    assert samestack.runtime.report()["started_at"] == moment
    assert moment.endswith("Z")


@given(VERSIONS)
def test_versions_are_the_same_texts(version: str) -> None:
    assert own_normal_version(version) == normal_version(version)


@given(st.from_regex(r"\A[0-9]{1,3}(\.[0-9]{1,3}){0,3}(rc[0-9])?(\.post[0-9])?\Z"))
def test_normal_versions_are_those_of_packaging(version: str) -> None:
    try:
        assert own_normal_version(version) == str(Version(version))
    except InvalidVersion:
        assert own_normal_version(version) == version


@given(DOCUMENTS)
def test_sources_are_the_same_texts(document: dict[str, object]) -> None:
    content = json.dumps(document).encode()
    try:
        source = direct_url.direct_url(content).source
    except ValueError:
        source = None
    assert origin_of(content).source == (source or "")


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b'{"url": 1}', b'{"url": "x://y", "vcs_info": 3}', b"\xff"]
)
def test_a_malformed_origin_is_none(content: bytes) -> None:
    assert origin_of(content) == ("", False)
