"""The tags that a Python can use, held against the library ``packaging``, and who refuses the others."""

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging import tags as packaging_tags

from samestack.check.wheel_support import Part, Target, refused

TARGET = Target(
    kind="cp",
    version=(3, 11),
    abis=("cp311",),
    architectures=frozenset({"x86_64"}),
    c_library="glibc",
    c_library_version=(2, 17),
)
MUSL = Target(
    kind="cp",
    version=(3, 11),
    abis=("cp311",),
    architectures=frozenset({"aarch64"}),
    c_library="musl",
    c_library_version=(1, 2),
)


def parts(tag: str, target: Target = TARGET) -> set[Part]:
    found = refused((tag,), target)
    return set() if found is None else {one.part for one in found.refusals}


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("py3-none-any", set()),
        ("py2-none-any", {Part.PYTHON}),
        ("cp311-cp311-manylinux_2_17_x86_64", set()),
        ("cp311-cp311-manylinux2014_x86_64", set()),
        ("cp311-cp311-manylinux2010_x86_64", set()),
        ("cp311-cp311-manylinux1_x86_64", set()),
        ("cp311-cp311-linux_x86_64", set()),
        ("cp311-cp311-manylinux_2_28_x86_64", {Part.C_LIBRARY}),
        ("cp311-cp311-manylinux_2_17_aarch64", {Part.ARCHITECTURE}),
        ("cp311-cp311-manylinux_2_28_aarch64", {Part.ARCHITECTURE, Part.C_LIBRARY}),
        ("cp311-cp311-musllinux_1_1_x86_64", {Part.C_LIBRARY}),
        ("cp310-cp310-manylinux_2_17_x86_64", {Part.PYTHON}),
        ("cp38-abi3-manylinux_2_17_x86_64", set()),
        ("cp312-abi3-manylinux_2_17_x86_64", {Part.PYTHON}),
        ("cp311-cp311d-linux_x86_64", {Part.ABI}),
        ("pp310-pypy310_pp73-manylinux_2_17_x86_64", {Part.PYTHON}),
        ("cp311-cp311-macosx_11_0_arm64", {Part.SYSTEM}),
        ("cp311-cp311-win_amd64", {Part.SYSTEM}),
        ("nonsense", set()),
    ],
)
def test_the_part_that_refuses_is_named(tag: str, expected: set[Part]) -> None:
    assert parts(tag) == expected


def test_musl_is_another_c_library() -> None:
    assert parts("cp311-cp311-musllinux_1_1_aarch64", MUSL) == set()
    assert parts("cp311-cp311-musllinux_1_3_aarch64", MUSL) == {Part.C_LIBRARY}
    found = refused(("cp311-cp311-manylinux_2_17_aarch64",), MUSL)
    assert found is not None
    (refusal,) = found.refusals
    assert (refusal.built_for, refusal.instead) == ("glibc 2.17 or later", "the system has musl 1.2")


def test_one_tag_that_fits_is_enough_and_else_the_nearest_is_told() -> None:
    assert refused(("cp310-cp310-win_amd64", "py3-none-any"), TARGET) is None
    found = refused(("cp310-cp310-win_amd64", "cp311-cp311-manylinux_2_28_x86_64"), TARGET)
    assert found is not None
    assert found.tag == "cp311-cp311-manylinux_2_28_x86_64"
    assert refused((), TARGET) is None


def test_what_is_not_known_of_a_target_refuses_nothing_for_certain() -> None:
    found = refused(("cp39-cp39-manylinux_2_28_aarch64",), Target())
    assert found is not None
    assert not found.is_certain
    assert refused(("cp39-cp39-linux_aarch64",), Target()) is None


def test_a_build_without_the_global_lock_needs_modules_of_its_own() -> None:
    free = Target(kind="cp", version=(3, 13), abis=("cp313t",))
    assert parts("cp313-cp313t-linux_x86_64", free) == set()
    assert parts("cp313-cp313-linux_x86_64", free) == {Part.ABI}
    assert parts("cp38-abi3-linux_x86_64", free) == {Part.ABI}
    assert parts("py3-none-any", free) == set()


# What packaging answers for foreign interpreters, with one platform standing for all that fit.
TARGETS = {
    "3.7": (Target(kind="cp", version=(3, 7), abis=("cp37m",)), (3, 7), ["cp37m"]),
    "3.11": (Target(kind="cp", version=(3, 11), abis=("cp311",)), (3, 11), ["cp311"]),
    "3.11d": (Target(kind="cp", version=(3, 11), abis=("cp311d", "cp311")), (3, 11), ["cp311d", "cp311"]),
    "3.13t": (Target(kind="cp", version=(3, 13), abis=("cp313t",)), (3, 13), ["cp313t"]),
}


def pairs(version: tuple[int, int], abis: list[str]) -> set[str]:
    interpreter = f"cp{version[0]}{version[1]}"
    own = packaging_tags.cpython_tags(version, abis, ["linux_x86_64"])
    pure = packaging_tags.compatible_tags(version, interpreter, ["linux_x86_64"])
    return {str(tag) for tag in (*own, *pure)}


def every_tag() -> Iterator[str]:
    numbers = ["2", "27", "3", *(f"3{minor}" for minor in range(2, 16))]
    pythons = [
        f"{kind}{number}"
        for kind in ("py", "cp", "pp")
        for number in numbers
        if number != "3" or kind == "py"
    ]
    abis = ["none", "abi3", "abi3t", "cp37m", "cp311", "cp311d", "cp313", "cp313t", "pypy310_pp73"]
    return ("-".join(one) for one in itertools.product(pythons, abis, ["linux_x86_64", "any"]))


@pytest.mark.parametrize("name", TARGETS)
def test_packaging_supports_the_same_tags(name: str) -> None:
    target, version, abis = TARGETS[name]
    supported = pairs(version, abis)
    for tag in every_tag():
        python, abi, platform = tag.split("-")
        if python.startswith("py") and abi != "none":
            continue  # packaging knows no such wheel, and nobody makes one
        if platform == "any" and abi != "none":
            continue
        assert (refused((tag,), target) is None) == (tag in supported), tag


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_system_with_a_newer_glibc_can_use_whatever_an_older_one_can(own: int, more: int) -> None:
    tags = [f"py3-none-manylinux_2_{minor}_x86_64" for minor in range(0, 61, 5)]
    older, newer = (
        Target(
            kind="cp",
            version=(3, 11),
            architectures=frozenset({"x86_64"}),
            c_library="glibc",
            c_library_version=(2, minor),
        )
        for minor in (own, own + more)
    )
    for tag in tags:
        if refused((tag,), older) is None:
            assert refused((tag,), newer) is None


@given(st.text(max_size=40) | st.from_regex(r"[a-z0-9_]+-[a-z0-9_]+-[a-z0-9_]+", fullmatch=True))
def test_no_text_is_too_strange(tag: str) -> None:
    found = refused((tag,), TARGET)
    assert found is None or found.refusals
