"""conda-lock.yml, held against rattler's own reading of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from rattler import LockFile

from samestack.capture.readers.conda import conda_lock
from samestack.capture.readers.conda.conda_lock import read
from samestack.errors import InputError
from samestack.model import Component, Ecosystem, Layer
from tests import malformed


def package(
    name: str, version: str, build: str, platform: str = "linux-64", **more: object
) -> dict[str, Any]:
    return {
        "name": name,
        "version": version,
        "manager": "conda",
        "platform": platform,
        "dependencies": {"python": ">=3.11"} if build.startswith("py") else {},
        "url": f"https://conda.example/conda-forge/{platform}/{name}-{version}-{build}.conda",
        "hash": {"md5": "b" * 32, "sha256": "a" * 64},
        "category": "main",
        "optional": False,
        **more,
    }


WHEEL = {
    "manager": "pip",
    "dependencies": {"idna": ">=2.5,<4"},
    "url": "https://files.example/requests-2.31.0-py3-none-any.whl",
    "hash": {"sha256": "d" * 64},
    "category": "dev",
    "optional": True,
}
DOCUMENT: dict[str, Any] = {
    "version": 1,
    "metadata": {
        "content_hash": {"linux-64": "0" * 64, "osx-arm64": "1" * 64},
        "channels": [{"url": "https://conda.example/conda-forge", "used_env_vars": []}],
        "platforms": ["linux-64", "osx-arm64"],
        "sources": ["environment.yml"],
    },
    "package": [
        package("numpy", "1.26.4", "py311h64a7726_0"),
        package("numpy", "1.26.4", "py311h7125741_0", "osx-arm64"),
        package("libblas", "3.9.0", "20_linux64_mkl"),
        package("requests", "2.31.0", "") | WHEEL,
    ],
}


@pytest.fixture(autouse=True)
def _on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conda_lock, "this_platform", lambda: "linux-64")


def write(directory: Path, document: object) -> Path:
    path = directory / "conda-lock.yml"
    path.write_text(yaml.safe_dump(document, sort_keys=False))
    return path


def test_the_packages_of_this_platform(tmp_path: Path) -> None:
    observation = read(write(tmp_path, DOCUMENT))
    hashes = (f"md5:{'b' * 32}", f"sha256:{'a' * 64}")
    assert observation.components == (
        Component(
            layer=Layer.PACKAGES,
            ecosystem=Ecosystem.CONDA,
            name="numpy",
            version="1.26.4",
            build="py311h64a7726_0",
            facts={"channel": "conda-forge", "hashes": hashes},
        ),
        Component(
            layer=Layer.SYSTEM,
            ecosystem=Ecosystem.CONDA,
            name="libblas",
            version="3.9.0",
            build="20_linux64_mkl",
            facts={"channel": "conda-forge", "hashes": hashes},
        ),
        Component(
            layer=Layer.PACKAGES,
            ecosystem=Ecosystem.PYPI,
            name="requests",
            version="2.31.0",
            facts={"hashes": (f"sha256:{'d' * 64}",)},
            circumstances={"group": ("dev",)},
        ),
    )
    assert [(remark.code, remark.subject) for remark in observation.remarks] == [
        ("other-platforms", "linux-64")
    ]


def test_rattler_reads_the_same(tmp_path: Path) -> None:
    path = write(tmp_path, DOCUMENT)
    environment = LockFile.from_path(path).default_environment()
    assert environment is not None
    (platform,) = (one for one in environment.platforms() if str(one.name) == "linux-64")
    records = environment.conda_repodata_records_for_platform(platform) or []
    theirs = {(one.name.normalized, str(one.version), str(one.build)) for one in records}
    assert theirs == {(one.name, one.version, one.build) for one in read(path).components if one.build}
    assert len(theirs) == 2


def test_a_package_of_several_categories_is_one_of_main(tmp_path: Path) -> None:
    rows = [
        package("numpy", "1.26.4", "py311h64a7726_0", category=category)
        for category in ("dev", "main", "docs")
    ]
    (numpy,) = read(write(tmp_path, DOCUMENT | {"package": rows})).components
    assert numpy.circumstances == {}


def test_where_this_platform_is_missing_the_first_is_read(tmp_path: Path) -> None:
    rows = [package("numpy", "1.26.4", "py311_0", platform) for platform in ("win-64", "osx-64")]
    observation = read(write(tmp_path, DOCUMENT | {"package": rows}))
    assert [one.build for one in observation.components] == ["py311_0"]
    assert observation.remarks[0].message == (
        "it has no platform linux-64; the platform win-64 was read; it also holds osx-64"
    )


def test_a_lock_of_nothing_is_empty(tmp_path: Path) -> None:
    assert read(write(tmp_path, DOCUMENT | {"package": []})).components == ()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"version": 2}, "version: version 2 of the format is not known"),
        (
            {"package": [package("a", "1", "0", manager="npm")]},
            r"package\[0\]: its manager is neither conda nor pip",
        ),
        ({"package": [package("a", "1", "0", url="x")]}, r"package\[0\]: not the address of a conda package"),
        (
            {"package": [package("a", "1", "0") | {"name": None}]},
            r"\$\.package\[0\]\.name: Expected `str`, got `null`",
        ),
        ({"package": [package("a", "1", "0", hash={"md5": "x"})]}, r"package\[0\]: its md5 is not one"),
        ({"package": [package("a", "x y", "0", manager="pip")]}, r"package\[0\]: not a version"),
    ],
)
def test_what_is_wrong_with_a_lock(tmp_path: Path, change: dict[str, object], problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read(write(tmp_path, DOCUMENT | change))


@given(malformed.mutated(DOCUMENT))
def test_whatever_it_is_given_it_reads_or_refuses(document: object) -> None:
    with malformed.spoiled_file("conda-lock.yml", malformed.as_yaml(document)) as path:
        malformed.assert_reads_or_refuses(read, path)


@given(malformed.corrupted_text(yaml.safe_dump(DOCUMENT)))
def test_whatever_text_it_is_given_it_reads_or_refuses(content: bytes) -> None:
    with malformed.spoiled_file("conda-lock.yml", content) as path:
        malformed.assert_reads_or_refuses(read, path)
