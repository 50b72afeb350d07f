"""The pages: complete in themselves, inert whatever an image says, and readable by everybody."""

import base64
import hashlib
from collections.abc import Callable

import pytest

from samestack.render.images.sizes_html import sizes_html
from samestack.render.images.verification_html import verification_html
from tests.render.images import held_images, weighed_images
from tests.render.parsed_html import Page

PAGES: dict[str, Callable[[], str]] = {
    "weighed": lambda: sizes_html(weighed_images.helpdesk(), weighed_images.bump()),
    "weighed, hostile": lambda: sizes_html(weighed_images.hostile()),
    "weighed, empty": lambda: sizes_html(weighed_images.empty()),
    "held, whole": lambda: verification_html(held_images.whole()),
    "held, deviating": lambda: verification_html(held_images.deviating()),
    "held, hostile": lambda: verification_html(held_images.hostile()),
}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_and_nothing_is_loaded(name: str) -> None:
    page = Page(PAGES[name]())
    forbidden = {"script", "iframe", "object", "embed", "link", "base", "img", "image", "use", "form"}
    assert not page.tags & forbidden
    assert page.unclosed == []
    for tag, attributes in page.elements:
        assert not {one for one in attributes if one.startswith("on") or one in {"style", "src", "srcset"}}, (
            tag
        )
    assert all(one.startswith("#") for one in page.attributes("a", "href"))


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_names_the_only_style(name: str) -> None:
    source = PAGES[name]()
    style = source.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [one for one in Page(source).attributes("meta", "content") if "default-src" in one]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize("name", [one for one in PAGES if "hostile" in one])
def test_what_others_wrote_is_text(name: str) -> None:
    source = PAGES[name]()
    assert "<script>" not in source
    assert "\x1b" not in source
    assert "\u202e" not in source


def test_the_picture_has_words_for_those_who_do_not_see_it() -> None:
    page = Page(PAGES["weighed"]())
    (svg,) = [attributes for tag, attributes in page.elements if tag == "svg"]
    assert svg["role"] == "img"
    named = set((svg["aria-labelledby"] or "").split())
    assert named <= {one["id"] for tag, one in page.elements if tag in ("title", "desc") and "id" in one}
    assert "torch 2.13.0" in page.text("th")


def test_every_heading_has_its_section() -> None:
    for build in PAGES.values():
        page = Page(build())
        headings = set(page.attributes("h2", "id"))
        assert set(page.attributes("section", "aria-labelledby")) == headings
        assert len(headings) == len(page.attributes("h2", "id"))


def test_equal_images_give_equal_pages() -> None:
    assert all(build() == build() for build in PAGES.values())


def test_the_answer_is_on_the_page() -> None:
    assert "It is what its lock says." in Page(PAGES["held, whole"]()).text("p")
    text = Page(PAGES["held, deviating"]()).text()
    assert "It is not what its lock says: 5 deviations." in text
    assert "/opt/venv/lib/python3.11/site-packages/flask/app.py" in text
