"""Specifiers as one: what it accepts is what all of them accept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from samestack.check.version_ranges import combined

VERSIONS = [
    Version(f"{major}.{minor}{end}") for major in range(4) for minor in range(4) for end in ("", ".1", "rc1")
]
SPECIFIERS = st.builds(
    lambda operator, major, minor: f"{operator}{major}.{minor}",
    st.sampled_from(["<", "<=", ">", ">=", "==", "!=", "~="]),
    st.integers(0, 3),
    st.integers(0, 3),
)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((">=1.17", ">=1.23", "<2", "<3"), ">=1.23,<2"),
        (("", ""), ""),
        (("<2", ">=2.1"), None),
        (("==1.2", "==1.3"), None),
        (("==1.*", "!=1.0.*"), "==1.*,!=1.0.*"),
        ((">1.0rc1", "<2"), ">1.0rc1,<2"),
        (("<1", "!=0"), "<1,!=0"),
        (("~=1.4", "<1.4"), None),
        (("===strange",), "===strange"),
    ],
)
def test_what_others_imply_is_left_out(texts: tuple[str, ...], expected: str | None) -> None:
    assert combined(texts) == expected


@given(st.lists(SPECIFIERS, max_size=5))
def test_it_accepts_what_all_accept(texts: list[str]) -> None:
    all_of_them = SpecifierSet(",".join(texts))
    accepted = [one for one in VERSIONS if all_of_them.contains(one, prereleases=True)]
    together = combined(texts)
    if together is None:
        assert not accepted
    else:
        assert [one for one in VERSIONS if SpecifierSet(together).contains(one, prereleases=True)] == accepted
