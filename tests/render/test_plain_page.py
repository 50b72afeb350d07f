"""Texts folded into the width of a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from samestack.render.plain_page import Page, folded


def test_lines_break_at_spaces_and_long_words_where_the_line_ends() -> None:
    assert list(folded("one two three", 8)) == ["one two", "three"]
    assert list(folded("a abcdefghij b", 4)) == ["a", "abcd", "efgh", "ij b"]


def test_wide_characters_take_two_columns() -> None:
    assert list(folded("日本語", 4)) == ["日本", "語"]


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=60), st.integers(2, 30))
def test_nothing_is_lost_but_spaces(text: str, width: int) -> None:
    assert "".join(folded(text, width)).replace(" ", "") == text.replace(" ", "")


def test_further_lines_stand_under_the_first() -> None:
    page = Page(20, has_styles=False)
    page.text("one two three four five", indent=2, mark="-")
    assert str(page) == "  - one two three\n    four five\n"


def test_a_gap_is_one_empty_line_and_none_at_the_top() -> None:
    page = Page(20, has_styles=False)
    page.gap()
    page.text("one")
    page.gap()
    page.gap()
    page.text("two")
    assert str(page) == "one\n\ntwo\n"


def test_a_command_is_not_folded() -> None:
    page = Page(20, has_styles=False)
    page.verbatim("pip install " + "x" * 40, indent=2)
    assert str(page).count("\n") == 1
