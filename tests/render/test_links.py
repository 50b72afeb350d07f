"""Only addresses on the web become links."""

import pytest

from samestack.render.links import is_web_link, link_text


@pytest.mark.parametrize(
    "source", ["https://example.org", "http://example.org/a?b=c#d", "HTTPS://example.org/"]
)
def test_web_addresses_are_links(source: str) -> None:
    assert is_web_link(source)


@pytest.mark.parametrize(
    "source",
    [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//example.org/path",
        "https:",
        "https://[",
        "https://example.org/\n<script>",
        "numpy#23523",
        "",
    ],
)
def test_everything_else_is_text(source: str) -> None:
    assert not is_web_link(source)


def test_a_link_is_shown_without_its_scheme_and_cut_where_it_gets_long() -> None:
    assert link_text("https://github.com/numpy/numpy/issues/23523") == "github.com/numpy/numpy/issues/23523"
    long = link_text("https://example.org/" + "a" * 100)
    assert len(long) == 60
    assert long.endswith("...")
