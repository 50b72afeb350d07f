"""Constraints as texts, and how far releases are apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement
from packaging.version import Version

from samestack.verify.search.constraint_text import (
    below,
    excludes,
    is_constraint,
    is_older,
    joined,
    package_of,
    step,
    up_to,
)

versions = st.lists(st.integers(0, 30), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))


@pytest.mark.parametrize(
    ("good", "bad", "text"),
    [
        ("3.20.3", "4.21.1", "beta<4"),
        ("4.20.1", "4.21.0", "beta<4.21"),
        ("4.21.0", "4.21.1", "beta<4.21.1"),
        ("1.26.4", "2.0.0", "beta<2"),
        ("0.9", "1.0.post1", "beta<1"),
        ("1.0", "1.0.post1", "beta<1.0.post1"),
        ("2021.10.8", "2022.5.18.1", "beta<2022"),
        ("1!1.0", "1!2.0", "beta<1!2"),
        ("1.13.1+cu117", "1.13.2+cu118", "beta<1.13.2"),
    ],
)
def test_what_is_before_a_bad_release_is_said_shortly(good: str, bad: str, text: str) -> None:
    assert below("beta", good, bad) == text


@given(versions, versions)
def test_what_is_below_contains_the_good_release_and_not_the_bad_one(one: str, other: str) -> None:
    good, bad = sorted((one, other), key=Version)
    if Version(good) != Version(bad):
        specifier = Requirement(below("beta", good, bad)).specifier
        assert specifier.contains(good)
        assert not specifier.contains(bad)
        assert Requirement(up_to("beta", good)).specifier.contains(good)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("numpy<2", True),
        ("numpy", False),
        ("numpy<2; python_version < '3.9'", False),
        ("numpy @ https://example.org/numpy.whl", False),
        ("--upgrade", False),
    ],
)
def test_a_constraint_narrows_one_package(text: str, *, is_one: bool) -> None:
    assert is_constraint(text) is is_one


def test_constraints_on_one_package_are_joined() -> None:
    assert Requirement(joined("numpy>=1.20", "NumPy<2")) == Requirement("numpy<2,>=1.20")
    assert package_of("Scikit_Learn<1") == "scikit-learn"
    assert package_of("no requirement") == ""


def test_a_build_is_no_part_of_a_constraint() -> None:
    assert up_to("torch", "1.13.1+cu117") == "torch<=1.13.1"


def test_what_a_constraint_excludes() -> None:
    assert excludes("numpy<2", "2.0.1")
    assert not excludes("numpy<2", "1.26.4")


@pytest.mark.parametrize(
    ("before", "after", "far"),
    [
        ("1.2.3", "2.0", 3),
        ("1.2", "1.3", 2),
        ("1.2.3", "1.2.4", 1),
        ("1.2", "1.2.0", 0),
        ("0.1", "0.2", 3),
        ("x", "y", 1),
    ],
)
def test_how_far_a_step_is(before: str, after: str, far: int) -> None:
    assert step(before, after) == far


def test_which_release_is_older() -> None:
    assert is_older("1.9", "1.10")
    assert not is_older("1.10", "1.9")
    assert not is_older("nightly", "1.0")
