"""What the wheels of a lock ask of their host."""

import pytest

from samestack.lock.host_needs import LockedRelease, host_needs, joined_needs
from samestack.project.manifest import HostNeeds

TORCH = LockedRelease(
    name="torch", version="2.3.0", wheels=("torch-2.3.0-cp311-cp311-manylinux1_x86_64.whl",)
)
RUNTIME = LockedRelease(
    name="nvidia-cuda-runtime-cu12",
    version="12.1.105",
    wheels=("nvidia_cuda_runtime_cu12-12.1.105-py3-none-manylinux1_x86_64.whl",),
)


def of(*releases: LockedRelease, platform: str = "linux-64") -> HostNeeds:
    return host_needs(releases, platform, "3.11")


def test_the_highest_glibc_that_any_package_needs_at_least() -> None:
    newer = LockedRelease(
        name="scipy", version="1.17.1", wheels=("scipy-1.17.1-cp311-cp311-manylinux_2_27_x86_64.whl",)
    )
    assert of(TORCH, newer).glibc == "2.27"
    assert of(LockedRelease(name="six", version="1", wheels=("six-1-py2.py3-none-any.whl",))) == HostNeeds()


def test_nvidias_runtime_tells_the_driver() -> None:
    assert of(TORCH, RUNTIME) == HostNeeds(glibc="2.5", cuda="12", driver="525.60.13")


@pytest.mark.parametrize(
    ("name", "version", "expected"),
    [
        ("torch", "2.0.1+cu118", ("11", "450.80.02")),
        ("torch", "1.9.0+cu102", ("10.2", "440.33")),
        ("torch", "2.0.1+cpu", ("", "")),
        ("torch", "2.0.1", ("", "")),
        ("cupy-cuda12x", "13.0.0", ("12", "525.60.13")),
        ("tensorflow", "2.8.0", ("11", "450.80.02")),
        ("tensorflow-cpu", "2.8.0", ("", "")),
        ("tensorflow", "99.0", ("", "")),
        ("cutlery", "1.0", ("", "")),
    ],
)
def test_names_and_versions_tell_of_a_cuda(name: str, version: str, expected: tuple[str, str]) -> None:
    found = of(LockedRelease(name=name, version=version))
    assert (found.cuda, found.driver) == expected


def test_other_systems_have_neither() -> None:
    assert of(TORCH, RUNTIME, platform="osx-arm64") == HostNeeds()


def test_joined_the_higher_one_wins() -> None:
    one, other = HostNeeds(glibc="2.9", driver="450.80.02"), HostNeeds(glibc="2.31", cuda="11.2")
    assert joined_needs((one, other)) == HostNeeds(glibc="2.31", driver="450.80.02", cuda="11.2")
    assert joined_needs(()) == HostNeeds()
