"""Nothing that is shown can steer a terminal or a browser."""

from hypothesis import given
from hypothesis import strategies as st

from samestack.render.printable import MAX_SHOWN, printable


@given(st.text())
def test_whatever_comes_in_only_printing_characters_come_out(text: str) -> None:
    assert printable(text).isprintable()


@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=50))
def test_what_prints_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


def test_escapes_direction_marks_and_line_breaks_are_spelled_out() -> None:
    assert printable("a\x1b[31mb\u202ec\nd\udc80") == "a\\x1b[31mb\\u202ec\\nd\\udc80"


def test_a_long_text_is_cut_and_says_by_how_much() -> None:
    assert printable("a" * (MAX_SHOWN + 234)) == "a" * MAX_SHOWN + " (and 234 characters more)"
