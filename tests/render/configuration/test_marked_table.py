"""A table between two markers of a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import InputError
from samestack.render.configuration.marked_table import BEGIN, END, new_page, table_in, with_table

TABLE = "| a |\n|---|\n| b |\n"
around = st.text().filter(lambda text: "samestack config" not in text and "\r" not in text)


@given(around, around, around)
def test_nothing_but_the_table_changes(before: str, old: str, after: str) -> None:
    page = f"{before}{BEGIN}{old}{END}{after}"
    written = with_table(page, TABLE, "page.md")
    assert written == f"{before}{BEGIN}\n{TABLE}{END}{after}"
    assert table_in(written, "page.md") == TABLE.strip()
    assert with_table(written, TABLE, "page.md") == written


def test_a_new_page_is_kept_as_it_is() -> None:
    assert with_table(new_page(TABLE), TABLE, "page.md") == new_page(TABLE)


@pytest.mark.parametrize("page", ["", BEGIN, END, f"{END}{BEGIN}", f"{BEGIN}{END}{END}"])
def test_a_page_without_one_place_for_it(page: str) -> None:
    with pytest.raises(InputError, match=r"page\.md: it has no place for the table"):
        with_table(page, TABLE, "page.md")
