"""Two requirements of one package as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement
from packaging.version import Version

from samestack.project.constraints.narrowing import is_about_same, narrowed

VERSIONS = ("1.0", "1.1", "1.1.1", "1.2", "2.0", "2.0.1")
SPECIFIERS = st.lists(
    st.builds(
        str.__add__, st.sampled_from(["<", "<=", ">", ">=", "==", "!=", "~="]), st.sampled_from(VERSIONS)
    ),
    max_size=3,
).map(",".join)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("numpy", "numpy<2", "numpy<2"),
        ("numpy<2", "numpy<1.24", "numpy<1.24"),
        ("numpy<1.24", "numpy<2", "numpy<1.24"),
        ("numpy<=1.24", "numpy<1.24", "numpy<1.24"),
        ("numpy>=1.20", "numpy<2", "numpy>=1.20,<2"),
        ("numpy>1.20", "numpy>=1.20", "numpy>1.20"),
        ("numpy==1.26.4", "numpy<2", "numpy==1.26.4"),
        ("numpy==2.1", "numpy<2", "numpy==2.1,<2"),
        ("numpy!=1.25", "numpy<2", "numpy<2,!=1.25"),
        ("torch[opt]>=1; python_version < '3.9'", "torch<2", 'torch[opt]>=1,<2; python_version < "3.9"'),
    ],
)
def test_examples(one: str, other: str, both: str) -> None:
    assert narrowed(Requirement(one), Requirement(other)) == both


@given(SPECIFIERS, SPECIFIERS)
def test_a_version_is_allowed_by_the_result_where_both_allow_it(one: str, other: str) -> None:
    first, second = Requirement(f"a{one}"), Requirement(f"a{other}")
    both = Requirement(narrowed(first, second)).specifier
    for version in map(Version, VERSIONS):
        allowed = first.specifier.contains(version) and second.specifier.contains(version)
        assert both.contains(version) == allowed


@given(SPECIFIERS, SPECIFIERS)
def test_twice_is_as_once(one: str, other: str) -> None:
    once = narrowed(Requirement(f"a{one}"), Requirement(f"a{other}"))
    assert narrowed(Requirement(once), Requirement(f"a{other}")) == once


def test_what_is_about_the_same() -> None:
    assert is_about_same(Requirement("Scikit_Learn>1"), Requirement("scikit-learn<2"))
    assert not is_about_same(Requirement("a; sys_platform == 'linux'"), Requirement("a"))
    assert not is_about_same(Requirement("a"), Requirement("b"))
