"""Components of Python packages, and the groups that need them."""

from pathlib import Path

import pytest

from samestack.capture.readers.locks.python_packages import MAIN, in_groups, limits, package, python
from samestack.capture.readers.requirements.packaging_values import specifier_set
from samestack.model import Component

SIX = package("six", "1.16.0")


def needed(markers: dict[str, str | None]) -> set[tuple[str | None, object]]:
    return {(one.marker, one.circumstances.get("group")) for one in in_groups(SIX, markers)}


def test_what_everybody_needs_always_is_of_no_group() -> None:
    assert needed({MAIN: None, "dev": None, "old": "os_name == 'nt'"}) == {(None, None)}


def test_groups_that_need_something_alike_share_it() -> None:
    assert needed({"dev": None, "old": None}) == {(None, ("dev", "old"))}


def test_groups_that_need_it_elsewhere_stand_apart() -> None:
    assert needed({MAIN: "a", "dev": "a", "old": "b"}) == {("a", None), ("b", ("old",))}
    assert needed({MAIN: "a", "dev": None}) == {("a", None), (None, ("dev",))}


def test_a_package_that_nothing_needs_is_nowhere() -> None:
    assert needed({}) == set()


@pytest.mark.parametrize(
    ("specifiers", "version", "requirement"),
    [("==3.11.7", "3.11.7", None), (">=3.9,<4", None, "<4,>=3.9"), ("", None, None)],
)
def test_python_is_decided_or_wanted(specifiers: str, version: str | None, requirement: str | None) -> None:
    component: Component = python(specifier_set(specifiers))
    assert (component.version, component.requirement) == (version, requirement)


def test_a_lock_for_some_environments_says_so() -> None:
    (remark,) = limits(["sys_platform == 'linux'", ""], Path("uv.lock"))
    assert (remark.code, remark.subject) == ("limited-lock", "uv.lock")
    assert 'sys_platform == "linux"' in remark.message
    assert list(limits([], Path("uv.lock"))) == []
