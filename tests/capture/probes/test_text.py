"""Texts that are kept can be shown on any terminal and written as JSON."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.text import shown_text


def test_a_plain_text_stays_as_it_is() -> None:
    assert shown_text("Debian GNU/Linux 12 (bookworm)") == "Debian GNU/Linux 12 (bookworm)"


def test_control_characters_are_replaced() -> None:
    assert shown_text("a\x1b[31mred\x07") == "a\N{REPLACEMENT CHARACTER}[31mred\N{REPLACEMENT CHARACTER}"


def test_a_long_text_is_cut_and_shows_it() -> None:
    assert shown_text("x" * 300) == "x" * 255 + "\N{HORIZONTAL ELLIPSIS}"


@given(st.text(), st.integers(1, 50))
def test_whatever_comes_in_one_line_of_json_comes_out(text: str, limit: int) -> None:
    shown = shown_text(text, limit)
    assert len(shown) <= limit
    assert len(shown.splitlines()) <= 1
    assert msgspec.json.decode(msgspec.json.encode(shown)) == shown
