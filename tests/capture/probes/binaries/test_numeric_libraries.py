"""The BLAS of numpy and scipy has the version and options that they state of it."""

import pytest
from msgspec.structs import replace

from samestack.capture.probes.binaries.numeric_libraries import distributed_library, with_stated_build
from samestack.capture.probes.python.distribution import Distribution
from samestack.model import Component, Ecosystem, Layer
from tests.capture.probes.memory_tree import MemoryTree

CONFIGURATION = """CONFIG = _cleanup(
    {
        "Compilers": {"c": {"name": "gcc", "version": "14.2.1"}},
        "Build Dependencies": {
            "blas": {
                "name": "scipy-openblas",
                "found": bool("True".lower().replace("false", "")),
                "version": "0.3.31.188.0",
                "openblas configuration": r"OpenBLAS 0.3.31.188.0  USE64BITINT DYNAMIC_ARCH NO_AFFINITY Haswell MAX_THREADS=64",
            },
            "lapack": {"version": "9.9"},
        },
    }
)
"""  # noqa: E501 - as numpy's build writes it
OPTIONS = "USE64BITINT DYNAMIC_ARCH NO_AFFINITY Haswell MAX_THREADS=64"
BUNDLED = Component(
    layer=Layer.SYSTEM, ecosystem=Ecosystem.GENERIC, name="openblas", at="numpy", content="sha256:0"
)


def distribution(name: str, version: str = "2.4.6") -> Distribution:
    return Distribution(
        name=name,
        version=version,
        site_directory="/site",
        metadata_directory=f"/site/{name}-{version}.dist-info",
    )


@pytest.mark.parametrize("owner", ["numpy", "scipy"])
def test_a_bundled_openblas_is_described(owner: str) -> None:
    tree = MemoryTree({f"/site/{owner}/__config__.py": CONFIGURATION})
    described = with_stated_build(tree, distribution(owner), BUNDLED)
    assert described == replace(BUNDLED, version="0.3.31.188.0", build=OPTIONS)


def test_the_version_in_the_files_own_name_comes_first() -> None:
    tree = MemoryTree({"/site/numpy/__config__.py": CONFIGURATION})
    described = with_stated_build(tree, distribution("numpy"), replace(BUNDLED, version="0.3.17"))
    assert described.version == "0.3.17"


@pytest.mark.parametrize(
    "text", ["", "blas_info={'libraries': ['openblas']}", '"blas": {', '"blas": {"name": "x"}']
)
def test_what_is_not_stated_stays_unknown(text: str) -> None:
    tree = MemoryTree({"/site/numpy/__config__.py": text})
    assert with_stated_build(tree, distribution("numpy"), BUNDLED) == BUNDLED
    assert with_stated_build(MemoryTree({}), distribution("numpy"), BUNDLED) == BUNDLED


def test_other_owners_and_libraries_are_left_alone() -> None:
    tree = MemoryTree({"/site/numpy/__config__.py": CONFIGURATION})
    assert with_stated_build(tree, distribution("torch"), BUNDLED) == BUNDLED
    other = replace(BUNDLED, name="libgomp")
    assert with_stated_build(tree, distribution("numpy"), other) == other


def test_some_distributions_are_a_numeric_library() -> None:
    (mkl,) = distributed_library(distribution("mkl", "2024.2.0"))
    assert (mkl.name, mkl.at, mkl.version, mkl.layer) == ("mkl", "mkl", "2024.2.0", Layer.SYSTEM)
    (openmp,) = distributed_library(distribution("intel-openmp", "2024.2.0"))
    assert (openmp.name, openmp.at) == ("libiomp5", "intel-openmp")
    assert distributed_library(distribution("mkl-fft")) == ()
