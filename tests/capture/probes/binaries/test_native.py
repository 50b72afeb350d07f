"""Native libraries of an environment, distribution by distribution."""

import pytest

from samestack.capture.options import Options
from samestack.capture.probes.binaries.native import read_native
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.tree import MachineTree
from samestack.model import Component
from tests.capture.elf_files import elf_file
from tests.capture.probes.memory_tree import MemoryTree
from tests.capture.real_wheels import distributions_of, site_directory

SITE = "/env/lib/python3.11/site-packages"
OPENMP = f"{SITE}/torch/lib/libgomp-a34b3233.so.1"
TREE = MemoryTree(
    {
        f"{SITE}/torch/version.py": "cuda = '11.7'\n",
        OPENMP: elf_file(sections={".comment": b"GCC: (GNU) 10.2.1 20210130\0another\0"}),
    }
)


def distribution(name: str, *files: str) -> Distribution:
    return Distribution(
        name=name,
        version="1.13.0",
        site_directory=SITE,
        metadata_directory=f"{SITE}/{name}.dist-info",
        record="".join(f"{file},,\n" for file in files),
    )


TORCH = distribution("torch", "torch/lib/libcudart-e409450e.so.11.0", "torch/lib/libgomp-a34b3233.so.1")


def found(*distributions: Distribution, deep: bool = False, at: str = "") -> dict[tuple[str, str], Component]:
    observation = read_native(TREE, distributions, Options(deep=deep), at=at)
    assert observation.remarks == ()
    assert len({component.key for component in observation.components}) == len(observation.components)
    return {(component.name, component.at): component for component in observation.components}


def test_what_a_distribution_states_comes_before_the_names_of_its_files() -> None:
    components = found(TORCH)
    assert set(components) == {("cuda", "torch"), ("libgomp", "torch")}
    assert components["cuda", "torch"].version == "11.7"


def test_owners_are_told_apart() -> None:
    other = distribution("scikit-learn", "scikit_learn.libs/libgomp-e985bcbb.so.1.0.0")
    assert set(found(TORCH, other)) == {("cuda", "torch"), ("libgomp", "torch"), ("libgomp", "scikit-learn")}


def test_several_pythons_of_a_snapshot_are_told_apart() -> None:
    assert set(found(TORCH, at="/opt/env")) == {("cuda", "/opt/env:torch"), ("libgomp", "/opt/env:torch")}


def test_a_distribution_that_is_described_twice_counts_once() -> None:
    assert found(TORCH, TORCH) == found(TORCH)


def test_libraries_that_are_a_distribution_have_its_version() -> None:
    components = found(distribution("mkl", "../../../lib/libmkl_rt.so.2", "../../../lib/libmkl_core.so.2"))
    assert {key: component.version for key, component in components.items()} == {("mkl", "mkl"): "1.13.0"}


def test_deep_tells_what_compiled_a_library() -> None:
    assert found(TORCH, deep=True)["libgomp", "torch"].facts == {"compiler": "GCC: (GNU) 10.2.1 20210130"}
    assert found(TORCH)["libgomp", "torch"].facts == {}


def test_deep_says_nothing_of_a_library_that_cannot_be_read() -> None:
    missing = distribution("scikit-learn", "scikit_learn.libs/libgomp-e985bcbb.so.1.0.0")
    assert found(missing, deep=True)["libgomp", "scikit-learn"].facts == {}


def test_deep_or_not_the_identity_is_one() -> None:
    for key, component in found(TORCH, deep=True).items():
        shallow = found(TORCH)[key]
        assert (component.version, component.build, component.content) == (
            shallow.version,
            shallow.build,
            shallow.content,
        )


@pytest.mark.registry
@pytest.mark.parametrize(
    ("requirement", "version", "build"),
    [
        ("numpy==1.22.4", "0.3.18", None),
        ("numpy==2.2.6", "0.3.29", "USE64BITINT DYNAMIC_ARCH NO_AFFINITY Haswell MAX_THREADS=64"),
    ],
)
def test_the_openblas_of_real_wheels_is_described(requirement: str, version: str, build: str | None) -> None:
    numpy = distributions_of(site_directory(requirement))["numpy"]
    (openblas,) = read_native(MachineTree(), [numpy], Options()).components
    assert (openblas.name, openblas.at) == ("openblas", "numpy")
    assert (openblas.version, openblas.build) == (version, build)
    assert (openblas.content or "").startswith("sha256:")
