"""Versions are ordered as the standard orders them, whether they are plain numbers or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import InvalidVersion, Version

from samestack.compare.versions import normal_version, order_of

NUMBERS = st.lists(st.integers(0, 12), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))
SUFFIXES = st.sampled_from(
    ["", "", "", "rc1", ".post1", ".dev3", "+cu118", "a2", "b0", "rc01", "rc1.post2", "a1.dev3", "1a"]
)
VERSIONS = st.builds(lambda numbers, suffix: numbers + suffix, NUMBERS, SUFFIXES)


@given(VERSIONS, VERSIONS)
def test_the_order_is_that_of_the_standard(first: str, second: str) -> None:
    one, other = Version(first), Version(second)
    assert order_of(first, second) == (one > other) - (one < other)


@given(st.one_of(VERSIONS, st.text(max_size=12)))
def test_the_normal_form_is_that_of_the_standard(text: str) -> None:
    try:
        expected = str(Version(text))
    except InvalidVersion:
        expected = text
    assert normal_version(text) == expected


@pytest.mark.parametrize("text", ["01.2", "1.02", "v1.2", "1.2 "])
def test_what_is_a_version_in_another_spelling_gets_its_normal_form(text: str) -> None:
    assert normal_version(text) == str(Version(text))


def test_what_is_no_version_has_no_order() -> None:
    assert order_of("1.0", "unknown") is None
