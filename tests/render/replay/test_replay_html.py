"""The page: complete in itself, inert whatever a program answered, and readable by everybody."""

import base64
import hashlib
import io
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from samestack.behaviour.recording.recording import Picture
from samestack.behaviour.replaying.comparing_recordings import compare_recordings
from samestack.behaviour.replaying.replayed import Replayed
from samestack.render.replay.replay_html import replay_html
from tests.behaviour.recording.recordings import recording_of
from tests.behaviour.replaying.replays import HOSTILE, defects, replay_of
from tests.render.parsed_html import Page


class PictureToo(Page):
    """A page in which pictures are elements without an end, as they are."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag == "img":
            self._open.pop()


def hostile() -> Replayed:
    before: Any = {HOSTILE: {HOSTILE: HOSTILE, "class": HOSTILE, "seen": Picture(np.zeros((9, 9), np.uint8))}}
    after: Any = {HOSTILE: {HOSTILE: 1.5, "class": "b", "seen": Picture(np.ones((9, 9), np.uint8) * 90)}}
    return replay_of(before, after)


SAMPLES: dict[str, Callable[[], Replayed]] = {
    "differs": lambda: replay_of(defects(), defects(0.1)),
    "same": lambda: replay_of(defects(), defects()),
    "hostile": hostile,
    "once": lambda: compare_recordings(recording_of(defects()), recording_of(defects(0.2))),
}


def assert_inert(page: Page) -> None:
    """Nothing runs, nothing is loaded, and the only pictures are in the page itself."""
    assert not page.tags & {"script", "iframe", "object", "embed", "link", "base", "image", "use", "form"}
    assert page.unclosed == []
    for tag, attributes in page.elements:
        assert not {name for name in attributes if name.startswith("on") or name in {"style", "srcset"}}, tag
        assert tag == "img" or "src" not in attributes
    pattern = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=]+")
    assert all(pattern.fullmatch(one) for one in page.attributes("img", "src"))
    assert all(one.startswith("#") for one in page.attributes("a", "href"))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_is_inert(name: str) -> None:
    assert_inert(PictureToo(replay_html(SAMPLES[name]())))


@settings(max_examples=25)
@given(
    st.lists(
        st.dictionaries(
            st.text(min_size=1, max_size=4),
            st.text(max_size=6) | st.floats() | st.lists(st.floats(), min_size=1, max_size=4).map(np.array),
            max_size=3,
        ),
        min_size=2,
        max_size=4,
    )
)
def test_any_page_is_inert(answers: list[Any]) -> None:
    before, *after = ({"a": one} for one in answers)
    assert_inert(PictureToo(replay_html(compare_recordings(recording_of(before), recording_of(*after)))))


def test_the_policy_lets_nothing_in_but_what_is_in_the_page() -> None:
    page = PictureToo(replay_html(SAMPLES["differs"]()))
    policies = [one for tag, one in page.elements if "http-equiv" in one]
    policy = str(policies[0]["content"])
    assert policy.startswith("default-src 'none'; ")
    assert "script-src" not in policy
    assert policy.endswith("; img-src data:")
    digest = base64.b64encode(hashlib.sha256(page.text("style").encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy


def test_it_is_readable_by_everybody() -> None:
    page = PictureToo(replay_html(SAMPLES["differs"]()))
    assert ("html", {"lang": "en"}) in page.elements
    drawings = [one for tag, one in page.elements if tag == "svg"]
    assert drawings
    ids = [one["id"] for _, one in page.elements if "id" in one]
    assert len(ids) == len(set(ids))
    for one in drawings:
        assert one["role"] == "img"
        assert set(str(one["aria-labelledby"]).split()) <= set(ids)
    assert all(page.attributes("img", "alt"))
    assert len(page.attributes("img", "alt")) == sum(tag == "img" for tag, _ in page.elements)
    scopes = [one.get("scope") for tag, one in page.elements if tag == "th"]
    assert set(scopes) == {"row", "col"}
    assert "prefers-color-scheme: dark" in page.text("style")


def test_it_tells_what_changed() -> None:
    page = PictureToo(replay_html(SAMPLES["differs"]()))
    text = page.text()
    assert "3 of 4 inputs are answered differently, in 4 of 5 fields." in text
    assert "confidence 98 %" in text
    assert "A row for each label before (A), a column for each label after (B)" in text
    assert [one for tag, one in page.elements if tag == "td" and one.get("class") == "flip-2"]
    assert len(page.attributes("circle", "cx")) == 4 + 8
    first = page.attributes("img", "src")[2].partition(",")[2]
    assert Image.open(io.BytesIO(base64.b64decode(first))).size == (16, 12)


def test_it_says_so_where_nothing_changed() -> None:
    text = PictureToo(replay_html(SAMPLES["same"]())).text()
    assert "Everything is answered the same: 5 fields of 4 inputs." in text
    assert "No field of any input differs" in text


def test_equal_replays_give_equal_pages() -> None:
    assert replay_html(SAMPLES["differs"]()) == replay_html(SAMPLES["differs"]())
