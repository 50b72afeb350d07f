"""pixi.lock as rattler writes it, and every version of the format."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from rattler import LockChannel, LockFile, LockPlatform

from samestack.capture.readers.conda import conda_platforms, pixi_lock
from samestack.capture.readers.conda.pixi_lock import read
from samestack.errors import InputError
from samestack.model import Component, Ecosystem, Layer
from tests import conda_channel, malformed

NUMPY = "https://conda.example/conda-forge/linux-64/numpy-1.26.4-py311h64a7726_0.conda"
BLAS = "https://conda.example/conda-forge/linux-64/libblas-3.9.0-20_linux64_mkl.conda"
WHEEL = "https://files.example/requests-2.31.0-py3-none-any.whl"
LISTED = [{"conda": NUMPY}, {"conda": BLAS}, {"pypi": WHEEL}]

VERSION_6: dict[str, Any] = {
    "version": 6,
    "environments": {
        "default": {
            "channels": [{"url": "https://conda.example/conda-forge/"}],
            "indexes": ["https://index.example/simple"],
            "packages": {"linux-64": LISTED, "osx-arm64": []},
        },
        "cuda": {"channels": [], "packages": {"linux-64": []}},
    },
    "packages": [
        {
            "conda": NUMPY,
            "sha256": "a" * 64,
            "md5": "b" * 32,
            "depends": ["libblas >=3.9", "python"],
            "size": 1,
        },
        {"conda": BLAS, "sha256": "c" * 64, "license": "BSD-3-Clause"},
        {"pypi": WHEEL, "name": "requests", "version": "2.31.0", "sha256": "d" * 64, "requires_dist": []},
    ],
}
VERSION_5: dict[str, Any] = {
    "version": 5,
    "environments": {"default": {"channels": [], "packages": {"linux-64": LISTED}}},
    "packages": [
        {
            "kind": "conda",
            "name": "numpy",
            "version": "1.26.4",
            "build": "py311h64a7726_0",
            "subdir": "linux-64",
            "url": NUMPY,
            "sha256": "a" * 64,
            "md5": "b" * 32,
            "depends": ["python"],
        },
        {"kind": "conda", "name": "libblas", "version": "3.9.0", "url": BLAS, "sha256": "c" * 64},
        {"kind": "pypi", "name": "requests", "version": "2.31.0", "url": WHEEL, "sha256": "d" * 64},
    ],
}


@pytest.fixture(autouse=True)
def _on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pixi_lock, "this_platform", lambda: "linux-64")


def write(directory: Path, document: object) -> Path:
    path = directory / "pixi.lock"
    path.write_text(yaml.safe_dump(document, sort_keys=False))
    return path


@pytest.mark.parametrize("document", [VERSION_6, VERSION_5, VERSION_5 | {"version": 4}])
def test_packages_of_conda_and_of_the_index(tmp_path: Path, document: object) -> None:
    assert read(write(tmp_path, document)).components == (
        Component(
            layer=Layer.PACKAGES,
            ecosystem=Ecosystem.CONDA,
            name="numpy",
            version="1.26.4",
            build="py311h64a7726_0",
            facts={"channel": "conda-forge", "hashes": (f"md5:{'b' * 32}", f"sha256:{'a' * 64}")},
        ),
        Component(
            layer=Layer.SYSTEM,
            ecosystem=Ecosystem.CONDA,
            name="libblas",
            version="3.9.0",
            build="20_linux64_mkl",
            facts={"channel": "conda-forge", "hashes": (f"sha256:{'c' * 64}",)},
        ),
        Component(
            layer=Layer.PACKAGES,
            ecosystem=Ecosystem.PYPI,
            name="requests",
            version="2.31.0",
            facts={"hashes": (f"sha256:{'d' * 64}",)},
        ),
    )


def test_what_rattler_locks_is_what_it_solved(tmp_path: Path) -> None:
    channel = conda_channel.make_channel(tmp_path / "channel")
    records = conda_channel.solve_packages(channel, ["python", "pluggy", "iniconfig", "cudatoolkit"])
    platform = LockPlatform(conda_channel.PLATFORM)
    lock = LockFile([platform])
    lock.set_channels("default", [LockChannel(channel.as_uri())])
    for record in records:
        lock.add_conda_package("default", platform, record)
    lock.add_pypi_package("default", platform, "requests", "2.31.0", WHEEL)
    lock.to_path(tmp_path / "pixi.lock")

    observation = read(tmp_path / "pixi.lock")
    of_conda = [one for one in observation.components if one.ecosystem is Ecosystem.CONDA]
    assert {(one.name, one.version, one.build, one.facts["hashes"]) for one in of_conda} == {
        (
            record.name.normalized,
            str(record.version),
            str(record.build),
            (f"md5:{record.md5.hex()}", f"sha256:{record.sha256.hex()}"),
        )
        for record in records
        if record.md5 and record.sha256
    }
    assert [one.label for one in observation.components if one.ecosystem is Ecosystem.PYPI] == [
        "requests 2.31.0"
    ]
    assert observation.remarks == ()


def test_other_environments_and_platforms_are_mentioned(tmp_path: Path) -> None:
    remarks = read(write(tmp_path, VERSION_6)).remarks
    assert [(remark.code, remark.subject) for remark in remarks] == [
        ("other-environments", "default"),
        ("other-platforms", "linux-64"),
    ]
    assert "cuda" in remarks[0].message
    assert "osx-arm64" in remarks[1].message


def test_where_the_default_and_this_platform_are_missing_the_first_is_read(tmp_path: Path) -> None:
    document = VERSION_5 | {"environments": {"gpu": {"packages": {"win-64": LISTED, "osx-64": []}}}}
    observation = read(write(tmp_path, document))
    assert len(observation.components) == 3
    assert [remark.code for remark in observation.remarks] == ["environment-absent", "platform-absent"]


def test_a_platform_may_have_a_name_of_its_own(tmp_path: Path) -> None:
    document = VERSION_6 | {
        "version": 7,
        "platforms": [{"name": "osx-arm64"}, {"name": "gpu-box", "subdir": "linux-64"}],
        "environments": {"default": {"packages": {"osx-arm64": [], "gpu-box": LISTED}}},
    }
    assert len(read(write(tmp_path, document)).components) == 3


def test_an_environment_of_nothing_is_empty(tmp_path: Path) -> None:
    assert (
        read(write(tmp_path, {"version": 7, "environments": {"default": {"packages": {}}}})).components == ()
    )


@pytest.mark.parametrize(
    ("package", "expected"),
    [
        (
            {"pypi": "./wheels/me-1.0-py3-none-any.whl"},
            ("me", "1.0", None, {"path": "./wheels/me-1.0-py3-none-any.whl"}),
        ),
        (
            {"pypi": "git+https://user:hunter2@git.example/me@abc", "name": "me", "version": "1"},
            ("me", "1", "git+https://git.example/me@abc", {}),
        ),
        ({"conda": "./recipe", "name": "me", "version": "2"}, ("me", "2", None, {"path": "./recipe"})),
    ],
)
def test_packages_from_elsewhere(
    tmp_path: Path, package: dict[str, str], expected: tuple[object, ...]
) -> None:
    entry = {key: value for key, value in package.items() if key in {"conda", "pypi"}}
    document = VERSION_6 | {
        "environments": {"default": {"packages": {"linux-64": [entry]}}},
        "packages": [package],
    }
    (component,) = read(write(tmp_path, document)).components
    assert (component.name, component.version, component.source, component.circumstances) == expected


def test_a_package_that_is_built_from_source_may_have_no_version_yet(tmp_path: Path) -> None:
    listed = {"default": {"packages": {"linux-64": [{"conda": "./recipe"}]}}}
    observation = read(
        write(tmp_path, VERSION_6 | {"environments": listed, "packages": [{"conda": "./recipe"}]})
    )
    assert observation.components == ()
    assert [remark.code for remark in observation.remarks] == ["version-unknown"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"version": 3}, "version: version 3 of the format is not known"),
        ({"version": 99}, "version: version 99 of the format is not known"),
        ({"version": "six"}, r"\$\.version: Expected `int`, got `str`"),
        ({"environments": {}}, "environments: it has no environments"),
        ({"environments": {"default": {"packages": []}}}, r"\$\.packages: Expected `object`, got `array`"),
        (
            {"packages": []},
            "packages: an environment lists https://conda.example/.*, of which nothing is said",
        ),
        (
            {"packages": [*VERSION_6["packages"], {"conda": NUMPY, "md5": "x"}]},
            r"packages\[3\]: its md5 is not",
        ),
    ],
)
def test_what_is_wrong_with_a_lock(tmp_path: Path, change: dict[str, object], problem: str) -> None:
    path = write(tmp_path, VERSION_6 | change)
    with pytest.raises(InputError, match=problem) as refusal:
        read(path)
    assert refusal.value.file == str(path)


@given(st.sampled_from([VERSION_5, VERSION_6]).flatmap(malformed.mutated))
def test_whatever_it_is_given_it_reads_or_refuses(document: object) -> None:
    with malformed.spoiled_file("pixi.lock", malformed.as_yaml(document)) as path:
        malformed.assert_reads_or_refuses(read, path)


@given(malformed.corrupted_text(yaml.safe_dump(VERSION_6)))
def test_whatever_text_it_is_given_it_reads_or_refuses(content: bytes) -> None:
    with malformed.spoiled_file("pixi.lock", content) as path:
        malformed.assert_reads_or_refuses(read, path)


def test_the_platform_is_that_of_this_machine() -> None:
    assert conda_platforms.this_platform().partition("-")[0] in {"linux", "osx"}
