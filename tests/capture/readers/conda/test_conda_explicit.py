import json
from pathlib import Path

import pytest
from hypothesis import given
from rattler.explicit_environment.environment import ExplicitEnvironmentSpec

from samestack.capture.readers.conda.conda_explicit import read
from samestack.errors import InputError
from samestack.model import Component, Ecosystem, Layer
from tests import malformed

MD5, SHA256 = "b" * 32, "a" * 64
BASE = "https://user:hunter2@conda.example/t/hunter2/conda-forge"
EXPLICIT = f"""\
# This file may be used to create an environment using:
# $ conda create --name <env> --file <this file>
# platform: linux-64
@EXPLICIT
{BASE}/linux-64/libblas-3.9.0-20_linux64_mkl.tar.bz2#{MD5}
{BASE}/noarch/six-1.16.0-pyh6c4a22f_0.conda#sha256:{SHA256}
{BASE}/noarch/tzdata-2024a-h0c530f3_0.conda#{SHA256}
{BASE}/linux-64/python-3.11.7-hab00c5b_0_cpython.conda
# pip requests @ https://files.example/requests-2.31.0-py3-none-any.whl --hash=sha256:{SHA256}
# pip me @ git+https://user:hunter2@git.example/me@abc
"""
EXPORT = """\
# This file may be used to create an environment using:
# platform: linux-64
# created-by: conda 24.1.0
libblas=3.9.0=20_linux64_mkl
python=3.11.7=hab00c5b_0_cpython
requests=2.31.0=pypi_0
"""
LIST = [
    {
        "base_url": "https://conda.example/conda-forge",
        "build_number": 20,
        "build_string": "20_linux64_mkl",
        "channel": "conda-forge",
        "dist_name": "libblas-3.9.0-20_linux64_mkl",
        "name": "libblas",
        "platform": "linux-64",
        "version": "3.9.0",
    },
    {
        "base_url": "https://conda.example/pypi",
        "build_number": 0,
        "build_string": "pypi_0",
        "channel": "pypi",
        "dist_name": "requests-2.31.0-pypi_0",
        "name": "requests",
        "platform": "pypi",
        "version": "2.31.0",
    },
]
BLAS = Component(
    layer=Layer.SYSTEM, ecosystem=Ecosystem.CONDA, name="libblas", version="3.9.0", build="20_linux64_mkl"
)
REQUESTS = Component(layer=Layer.PACKAGES, ecosystem=Ecosystem.PYPI, name="requests", version="2.31.0")


def write(directory: Path, text: str, name: str = "spec.txt") -> Path:
    path = directory / name
    path.write_text(text)
    return path


def test_addresses_with_and_without_hashes(tmp_path: Path) -> None:
    found = read(write(tmp_path, EXPLICIT)).components
    told = [(one.name, one.version, one.build, one.layer, one.facts) for one in found[:4]]
    channel = {"channel": "conda-forge"}
    assert told == [
        ("libblas", "3.9.0", "20_linux64_mkl", Layer.SYSTEM, {**channel, "hashes": (f"md5:{MD5}",)}),
        ("six", "1.16.0", "pyh6c4a22f_0", Layer.PACKAGES, {**channel, "hashes": (f"sha256:{SHA256}",)}),
        ("tzdata", "2024a", "h0c530f3_0", Layer.SYSTEM, {**channel, "hashes": (f"sha256:{SHA256}",)}),
        ("python", "3.11.7", "hab00c5b_0_cpython", Layer.PYTHON, channel),
    ]
    assert "hunter2" not in str(found)


def test_what_pip_has_to_install_stands_in_comments(tmp_path: Path) -> None:
    requests, me = read(write(tmp_path, EXPLICIT)).components[4:]
    assert (requests.name, requests.version) == ("requests", "2.31.0")
    assert requests.facts == {"hashes": (f"sha256:{SHA256}",)}
    assert (me.name, me.version, me.source) == ("me", None, "git+https://git.example/me@abc")


def test_rattler_sees_the_same_packages(tmp_path: Path) -> None:
    text = EXPLICIT.replace("#sha256:", "#")
    theirs = [entry.url.rpartition("/")[2] for entry in ExplicitEnvironmentSpec.from_str(text).packages]
    ours = [f"{one.name}-{one.version}-{one.build}" for one in read(write(tmp_path, text)).components[:4]]
    assert [name.partition("#")[0].removesuffix(".conda").removesuffix(".tar.bz2") for name in theirs] == ours


def test_an_exported_list(tmp_path: Path) -> None:
    blas, python, requests = read(write(tmp_path, EXPORT)).components
    assert (blas, requests) == (BLAS, REQUESTS)
    assert python.layer is Layer.PYTHON


def test_a_list_in_json(tmp_path: Path) -> None:
    blas, requests = read(write(tmp_path, json.dumps(LIST), "list.json")).components
    assert (blas.label, blas.build, blas.facts) == (BLAS.label, BLAS.build, {"channel": "conda-forge"})
    assert requests == REQUESTS


@pytest.mark.parametrize("text", ["", "@EXPLICIT\n", "# platform: linux-64\n", "[]"])
def test_a_list_of_nothing_is_empty(tmp_path: Path, text: str) -> None:
    assert read(write(tmp_path, text)).components == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("@EXPLICIT\nnumpy=1.26.4\n", "line 2: not the address of a conda package"),
        (f"@EXPLICIT\n{BASE}/noarch/a-1-0.conda#hunter2\n", "line 2: its md5 is not one"),
        ("# platform: x\nnumpy=1.26.4\n", "line 2: not name=version=build"),
        ("a b=1=0\n", "line 1: its name is not a name of conda's"),
        ("requests=one=pypi_0\n", "line 1: not a version"),
        ('[{"name": "a"}]', r"\$\[0\]: Object missing required field `version`"),
        ('[{"name": "", "version": "1"}]', r"\$\[0\]: its name is not a name of conda's"),
        ("[{", "not JSON"),
    ],
)
def test_what_is_wrong_with_a_list(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as refusal:
        read(write(tmp_path, text))
    assert "hunter2" not in str(refusal.value)


@given(malformed.corrupted_text(EXPLICIT.replace("hunter2", "secret")) | malformed.corrupted_text(EXPORT))
def test_whatever_text_it_is_given_it_reads_or_refuses(content: bytes) -> None:
    with malformed.spoiled_file("spec.txt", content) as path:
        malformed.assert_reads_or_refuses(read, path)


@given(malformed.mutated(LIST))
def test_whatever_json_it_is_given_it_reads_or_refuses(document: object) -> None:
    with malformed.spoiled_file("list.json", malformed.as_json(document)) as path:
        malformed.assert_reads_or_refuses(read, path)
