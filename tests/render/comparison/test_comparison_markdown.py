"""A comparison as a comment on a pull request."""

import re

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from samestack.compare.difference import Comparison
from samestack.model.risk import Risk
from samestack.render.comparison.comparison_markdown import MAX_BYTES, comparison_markdown
from tests.render import samples
from tests.render.comparisons import comparisons
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


def page(comparison: Comparison) -> Page:
    return Page(MARKDOWN.render(comparison_markdown(comparison)))


@pytest.mark.parametrize("name", ["two_environments", "environment_and_wish", "equal"])
def test_it_looks_as_approved(name: str) -> None:
    text = comparison_markdown(getattr(samples, name)())
    assert_golden(f"comparison-{name.replace('_', '-')}.md", text)


@settings(max_examples=50)
@given(comparisons)
def test_any_comparison_is_whole_tables_of_inert_text(comparison: Comparison) -> None:
    rendered = page(comparison)
    assert rendered.tags <= TAGS
    assert rendered.unclosed == []
    rows = sum(tag == "tr" for tag, _ in rendered.elements)
    heads = sum(tag == "thead" for tag, _ in rendered.elements)
    assert rows == heads + 2 + len(comparison.differences)
    assert sum(tag == "td" for tag, _ in rendered.elements) == 2 * 4 + 5 * len(comparison.differences)


def test_hostile_texts_are_inert() -> None:
    rendered = page(samples.hostile())
    assert rendered.tags <= TAGS
    assert all(one.startswith("https://example.org/") for one in rendered.attributes("a", "href"))
    assert "\x1b" not in comparison_markdown(samples.hostile())


def test_a_large_comparison_is_cut_from_the_lowest_risk_up_and_says_so() -> None:
    text = comparison_markdown(samples.large(1500))
    assert 0.95 * MAX_BYTES < len(text.encode()) <= MAX_BYTES
    match = re.search(r"\*\*(\d+) of 1500 rows are left out here\*\*", text)
    assert match
    kept = re.findall(r"^\| \*\*(\w+)\*\* \|", text, re.MULTILINE)
    assert len(kept) == 1500 - int(match[1])
    assert set(kept) == {"breaks"}, "300 of them are enough to fill a comment"


def test_long_texts_keep_to_the_limit_too() -> None:
    long = "|@" * 50_000
    comparison = Comparison(
        before=samples.side(long, "1"),
        after=samples.side(long, "2"),
        differences=(
            *(samples.package(long, long, long + "2", samples.reason(Risk.BREAKS, long)),) * 20,
            samples.package("numpy", "1.26.4", "2.0.0"),
        ),
    )
    text = comparison_markdown(comparison)
    assert len(text.encode()) <= MAX_BYTES
    assert "| `numpy` | `1.26.4` | `2.0.0` |" in text, "the others are not pushed out"
