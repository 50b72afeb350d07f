"""Texts in Markdown stay text, also in a table's cell."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from samestack.render.markdown_text import code, prose, source_link
from samestack.render.printable import printable
from tests.render.parsed_html import Page
from tests.render.samples import HOSTILE

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
TEXTS = st.text("ab1 |`\\*_<>&[]()!#@~$:/\"'\n", max_size=30) | st.text(max_size=30)


def cell(markdown: str) -> Page:
    """What a table's only cell becomes."""
    page = Page(MARKDOWN.render(f"| head |\n|---|\n| {markdown} |\n"))
    assert sum(tag == "td" for tag, _ in page.elements) == 1
    return page


def visible(page: Page) -> str:
    return page.text().replace("\u200b", "").removeprefix("\n\n\nhead\n\n\n\n\n").strip()


@given(TEXTS)
def test_prose_is_one_cell_of_nothing_but_text(text: str) -> None:
    page = cell(prose(text))
    assert page.tags == {"table", "thead", "tbody", "tr", "th", "td"}
    assert visible(page) == " ".join(printable(text).split(" ")).strip()


@given(TEXTS)
def test_code_is_one_cell_of_nothing_but_code(text: str) -> None:
    page = cell(code(text))
    assert page.tags == {"table", "thead", "tbody", "tr", "th", "td", "code"}
    assert page.text("code").replace("\u200b", "").strip() == printable(text).strip()


def test_plain_names_stay_readable_in_the_source() -> None:
    assert code("opencv-python") == "`opencv-python`"
    assert prose("From 1.24 on, np.int is gone.") == "From 1.24 on, np.int is gone."


def test_nobody_is_notified() -> None:
    assert prose("@admin #12") == "&#64;&#8203;admin &#35;&#8203;12"


def test_only_web_addresses_are_links() -> None:
    assert cell(source_link("https://example.org/a_(b)|c")).attributes("a", "href") == [
        "https://example.org/a_(b)%7Cc"
    ]
    assert "a" not in cell(source_link("javascript:alert(1)")).tags
    assert "a" not in cell(source_link(HOSTILE)).tags
