"""Poetry's constraints mean what Poetry itself takes them to mean."""

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from packaging.markers import Marker
from packaging.version import Version
from poetry.core.constraints.version import Version as PoetryVersion
from poetry.core.constraints.version import parse_constraint

from samestack.capture.readers.projects.poetry_constraints import (
    alternatives,
    platform_marker,
    python_marker,
    specifiers_of,
)

releases = st.lists(st.integers(min_value=0, max_value=4), min_size=1, max_size=4).map(
    lambda numbers: ".".join(map(str, numbers))
)
suffixes = st.sampled_from(("", "", "", "a1", "rc2", ".post1", ".dev1", "b1.dev2"))
versions = st.builds("{}{}{}".format, st.sampled_from(("", "", "", "1!")), releases, suffixes)
wildcards = st.builds(
    "{}{}.*".format, st.sampled_from(("", "==", "!=")), releases.filter(lambda text: text.count(".") < 3)
)
operators = st.sampled_from(("^", "~", "~=", "", "=", "==", "!=", ">=", ">", "<=", "<", "^ ", "~ ", ">= "))
singles = st.builds("{}{}".format, operators, versions) | wildcards | st.just("*")
together = st.lists(singles, min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from((", ", ",", " ", " , ")).map(lambda separator: separator.join(parts))
)
constraints = st.lists(together, min_size=1, max_size=2).flatmap(
    lambda parts: st.sampled_from((" || ", "|", "||")).map(lambda separator: separator.join(parts))
)


def allows(constraint: str, version: str) -> bool:
    return any(one.contains(Version(version), prereleases=True) for one in alternatives(constraint))


@given(constraints, versions)
@example("^0.0.3", "0.0.4")
@example("^0.0", "0.0.9")
@example("~1", "1.9")
@example("~=1.4.5.0", "1.4.6")
@example(">=2.7, !=3.0.*, !=3.1.*", "3.1.4")
@example("^1.2.3a1", "1.2.3a2")
@example("~=0.post1", "0.5")
@example("<2", "2.0a1")
@example(">1.0", "1.0.post1")
def test_a_version_is_allowed_when_poetry_allows_it(constraint: str, version: str) -> None:
    theirs = parse_constraint(constraint).allows(PoetryVersion.parse(version))
    assert allows(constraint, version) == theirs, [str(one) for one in alternatives(constraint)]


@pytest.mark.parametrize(
    ("constraint", "specifiers"),
    [
        ("^1.2.3", "<2,>=1.2.3"),
        ("^0.2.3", "<0.3,>=0.2.3"),
        ("~1.2", "<1.3,>=1.2"),
        ("1.2.*", "==1.2.*"),
        ("1.2.3", "==1.2.3"),
        (">=1.2,<2", "<2,>=1.2"),
        ("*", ""),
        ("x", ""),
        ("^1 || *", ""),
        ("^1 || ^1", "<2,>=1"),
        ("^1 || ^3", None),
    ],
)
def test_constraints_are_written_as_specifiers(constraint: str, specifiers: str | None) -> None:
    found = specifiers_of(constraint)
    assert (None if found is None else str(found)) == specifiers


@given(constraints, st.sampled_from(("2.7.18", "3.0.1", "3.4.10", "4.0.0")))
def test_a_python_is_met_by_its_marker(constraint: str, version: str) -> None:
    marker = python_marker(constraint)
    environment = {"python_full_version": version}
    met = marker is None or Marker(marker).evaluate(environment)
    assert met == allows(constraint, version)


@pytest.mark.parametrize(
    ("constraint", "marker"),
    [
        ("*", None),
        ("linux", 'sys_platform == "linux"'),
        ("!=win32", 'sys_platform != "win32"'),
        ("linux || darwin", 'sys_platform == "linux" or sys_platform == "darwin"'),
        ("!=win32, !=cygwin", 'sys_platform != "win32" and sys_platform != "cygwin"'),
    ],
)
def test_platforms_become_markers(constraint: str, marker: str | None) -> None:
    assert platform_marker(constraint) == marker


@given(st.text(alphabet="^~=<>!|,.* x1a+-", max_size=12) | st.text())
def test_no_text_is_too_strange(text: str) -> None:
    for read in (alternatives, specifiers_of, python_marker, platform_marker):
        with contextlib.suppress(ValueError):
            read(text)


def test_a_huge_constraint_is_refused() -> None:
    with pytest.raises(ValueError, match="over the limit"):
        alternatives("1," * 40_000)
    with pytest.raises(ValueError, match=r"^(?!.*9999)"):
        alternatives("^" + "9" * 5000)
