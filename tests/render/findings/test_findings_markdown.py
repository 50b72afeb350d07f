"""What a check found, as a comment on a pull request."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from samestack.check.report import Report
from samestack.render.findings.findings_markdown import MAX_BYTES, findings_markdown
from tests.render import reports
from tests.render.golden_text import assert_golden
from tests.render.parsed_html import Page

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
TAGS = {"h3", "h4", "p", "table", "thead", "tbody", "tr", "th", "td"} | {
    "a",
    "br",
    "code",
    "details",
    "strong",
    "summary",
}


def test_it_looks_as_approved() -> None:
    assert_golden("findings.md", findings_markdown([reports.broken(), reports.report()]))


@settings(max_examples=50)
@given(st.lists(reports.reports, max_size=3))
def test_any_report_is_whole_tables_of_inert_text(told: list[Report]) -> None:
    rendered = Page(MARKDOWN.render(findings_markdown(told)))
    assert rendered.tags <= TAGS
    assert rendered.unclosed == []
    number = sum(len(one.findings) + len(one.suppressed) for one in told)
    assert sum(tag == "td" for tag, _ in rendered.elements) == 4 * number


def test_hostile_texts_are_inert() -> None:
    text = findings_markdown([reports.hostile()])
    rendered = Page(MARKDOWN.render(text))
    assert rendered.tags <= TAGS
    assert rendered.unclosed == []
    assert all(one.startswith("https://example.org/") for one in rendered.attributes("a", "href"))
    assert "\x1b" not in text
    assert not re.search(r"@(?!&#8203;)\w", re.sub(r"`[^`]*`", "", text))


def test_what_does_not_fit_is_counted_and_the_gravest_is_kept() -> None:
    text = findings_markdown([reports.large(1200)])
    assert 0.95 * MAX_BYTES < len(text.encode()) <= MAX_BYTES
    match = re.search(r"\*\*(\d+) findings left out here\*\*", text)
    assert match
    assert int(match[1]) == 1200 - len(re.findall(r"^\| \*\*", text, re.MULTILINE))
    assert "**error**" in text
    assert "**note**" not in text
