"""Patterns judged without the library are judged like it."""

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.config.schema.patterns import simple_pattern

ATOMS = ["a", "B", "7", "_", "/", ":", "[a-c]", "[A-Z0-9_]", "(ab|c)", "(?:a|b)", r"\.", "-", " "]
PATTERNS = st.builds(
    lambda atoms, repeated, end: "^" + "".join(atoms) + repeated + end,
    st.lists(st.sampled_from(ATOMS), max_size=4),
    st.sampled_from(["", "a+", "[a-c]*", "(ab|c)?", "b?"]),
    st.sampled_from(["", "$"]),
)
TEXTS = st.text("abcBZ79_/:.- \n", max_size=8)


@given(PATTERNS, TEXTS)
def test_both_agree(pattern: str, text: str) -> None:
    expression = simple_pattern(pattern)
    assert expression is not None
    assert bool(expression.search(text)) is jsonschema_rs.is_valid({"pattern": pattern}, text)


@pytest.mark.parametrize(
    "pattern",
    [
        r"^(a+)+$",
        r"^(a|a)*b*$",
        r"^a+b+$",
        r"\d",
        "a",
        "^a|b$",
        "^(?=a)",
        "^.*$",
        "^[z-a]$",
        "^a{1,9}",
        "^(a(b))$",
    ],
)
def test_what_could_take_forever_or_differ_is_left_to_the_library(pattern: str) -> None:
    assert simple_pattern(pattern) is None
