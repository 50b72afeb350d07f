"""The page: complete in itself, inert whatever it shows, and readable by everybody."""

import base64
import hashlib
import re

import pytest
from hypothesis import given, settings

from samestack.compare.difference import Comparison
from samestack.model import Layer
from samestack.model.risk import Risk
from samestack.render.comparison.comparison_html import comparison_html
from samestack.render.printable import printable
from tests.render import samples
from tests.render.comparisons import comparisons
from tests.render.parsed_html import Page

SAMPLES = {
    "two environments": samples.two_environments,
    "environment and wish": samples.environment_and_wish,
    "equal": samples.equal,
    "hostile": samples.hostile,
}


def assert_inert(page: Page) -> None:
    """Nothing is loaded, nothing runs but the page's own script, no link leads anywhere but to the web."""
    assert not page.tags & {
        "img",
        "iframe",
        "object",
        "embed",
        "link",
        "base",
        "audio",
        "video",
        "image",
        "use",
    }
    assert page.unclosed == []
    for tag, attributes in page.elements:
        assert not {
            name for name in attributes if name.startswith("on") or name in {"src", "style", "srcset"}
        }, tag
    assert all(one.startswith(("#", "http://", "https://")) for one in page.attributes("a", "href"))
    assert [tag for tag, attributes in page.elements if "href" in attributes and tag != "a"] == []
    assert sum(tag == "script" for tag, _ in page.elements) == 1


@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_is_inert(name: str) -> None:
    assert_inert(Page(comparison_html(SAMPLES[name]())))


@settings(max_examples=40)
@given(comparisons)
def test_any_page_is_inert(comparison: Comparison) -> None:
    assert_inert(Page(comparison_html(comparison)))


def test_hostile_texts_add_no_kind_of_element() -> None:
    friendly = Page(comparison_html(samples.two_environments())).tags
    assert Page(comparison_html(samples.hostile())).tags <= friendly


def test_hostile_texts_are_shown_as_text() -> None:
    page = Page(comparison_html(samples.hostile()))
    assert printable(samples.HOSTILE) in page.text("th")
    assert printable(samples.HOSTILE) in page.text("li")
    assert "javascript:alert(1)" in page.text("span")
    assert page.attributes("a", "href")[-1] == 'https://example.org/"onclick="alert(1)'
    assert "\x1b" not in page.text()
    assert "\u202e" not in page.text()


def test_the_policy_allows_its_own_style_and_script_and_nothing_else() -> None:
    page = Page(comparison_html(samples.two_environments()))
    (policy,) = (
        attributes["content"] or ""
        for tag, attributes in page.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": hashed(page.text("style")),
        "script-src": hashed(page.text("script")),
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_style_loads_nothing() -> None:
    assert not re.search(r"url\(|@import|@font-face", Page(comparison_html(samples.equal())).text("style"))


def test_everything_is_said_without_the_script() -> None:
    comparison = samples.two_environments()
    page = Page(comparison_html(comparison))
    shown = page.text("th")
    for difference in comparison.differences:
        assert difference.change.name in shown
        for reason in difference.reasons:
            assert reason.text in page.text("li")
    hidden = [tag for tag, attributes in page.elements if "hidden" in attributes]
    assert hidden == ["form"], "only the filters, which need the script, are hidden"


def test_many_reasons_are_folded_after_the_third() -> None:
    reasons = [samples.reason(Risk.RESULTS, f"reason {number}") for number in range(5)]
    comparison = Comparison(
        before=samples.side("a", "1"),
        after=samples.side("b", "2"),
        differences=(samples.package("numpy", "1", "2", *reasons),),
    )
    page = Page(comparison_html(comparison))
    assert "2 more reasons" in page.text("summary")
    assert all(one.text in page.text("li") for one in reasons)


def test_the_picture_has_a_plate_for_every_layer_and_links_to_what_differs() -> None:
    page = Page(comparison_html(samples.two_environments()))
    classes = page.attributes("g", "class")
    assert sum(one.startswith("plate ") for one in classes) == len(Layer)
    assert classes.count("plate tone-breaks") == 2
    targets = [one for one in page.attributes("a", "href") if one.startswith("#layer-")]
    assert set(targets) == {f"#{one}" for one in page.attributes("section", "id")}


def test_tables_have_captions_and_headed_rows_and_columns() -> None:
    page = Page(comparison_html(samples.environment_and_wish()))
    tables = sum(tag == "table" for tag, _ in page.elements)
    assert sum(tag == "caption" for tag, _ in page.elements) == tables
    rows = len(page.attributes("tr", "data-risk"))
    assert rows == len(samples.environment_and_wish().differences)
    assert page.attributes("th", "scope").count("row") == rows + 2
    assert page.attributes("html", "lang") == ["en"]


def test_identifiers_are_unique() -> None:
    page = Page(comparison_html(samples.two_environments()))
    found = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(found) == len(set(found))


def test_equal_environments_have_no_filters() -> None:
    page = Page(comparison_html(samples.equal()))
    assert "form" not in page.tags
    assert "Nothing differs." in page.text("p")


def test_equal_comparisons_give_equal_pages() -> None:
    assert comparison_html(samples.two_environments()) == comparison_html(samples.two_environments())


def test_a_page_of_1500_differences_is_small_enough_to_mail() -> None:
    assert len(comparison_html(samples.large(1500)).encode()) < 2_000_000


def test_text_stands_out_from_what_is_behind_it() -> None:
    style = Page(comparison_html(samples.equal())).text("style")
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in style.split("@media")[:2])
    pairs = [("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("accent", "card")]
    pairs += [(risk, f"{risk}-tint") for risk in ("breaks", "results", "speed", "unknown", "none")]
    for colours in (light, dark):
        for front, back in pairs:
            assert contrast(colours[front], colours[back]) >= 4.5, (front, back)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
