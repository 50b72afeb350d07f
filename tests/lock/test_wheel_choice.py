"""The least glibc for a package's wheels, by their names."""

import pytest
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import parse_wheel_filename

from samestack.lock.wheel_choice import ANY_GLIBC, lowest_glibc

NUMPY = (
    "numpy-1.26.3-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "numpy-1.26.3-cp310-cp310-musllinux_1_1_x86_64.whl",
    "numpy-1.26.3-cp311-cp311-manylinux_2_28_x86_64.whl",
    "numpy-1.26.3-cp312-cp312-manylinux_2_17_aarch64.manylinux2014_aarch64.whl",
)


@pytest.mark.parametrize(
    ("platform", "python", "expected"),
    [
        ("linux-64", "3.10", (2, 17)),
        ("linux-64", "3.11", (2, 28)),
        ("linux-64", "3.11.4", (2, 28)),
        ("linux-64", "3.12", None),
        ("linux-aarch64", "3.12", (2, 17)),
    ],
)
def test_the_wheel_of_the_python_and_the_machine_counts(
    platform: str, python: str, expected: tuple[int, int] | None
) -> None:
    assert lowest_glibc(NUMPY, platform, python) == expected


def test_the_lowest_of_several_does() -> None:
    wheels = ("a-1-cp36-abi3-manylinux_2_28_x86_64.whl", "a-1-cp36-abi3-manylinux1_x86_64.whl")
    assert lowest_glibc(wheels, "linux-64", "3.9") == (2, 5)
    assert lowest_glibc((*wheels, "a-1-py3-none-any.whl"), "linux-64", "3.9") == ANY_GLIBC


def test_what_is_no_wheel_is_none() -> None:
    assert lowest_glibc((), "linux-64", "3.9") is None
    assert lowest_glibc(("odd.whl", "a-1-cp39-cp39-win_amd64.whl"), "linux-64", "3.9") is None


@pytest.mark.parametrize("name", NUMPY)
@pytest.mark.parametrize("minor", [9, 10, 11, 12])
def test_it_is_usable_where_packaging_says_so(name: str, minor: int) -> None:
    platforms = [f"manylinux_2_{one}_x86_64" for one in range(99, 4, -1)]
    tags = {*cpython_tags((3, minor), platforms=platforms), *compatible_tags((3, minor), platforms=platforms)}
    is_usable = bool(tags & parse_wheel_filename(name)[3])
    assert (lowest_glibc((name,), "linux-64", f"3.{minor}") is not None) is is_usable
