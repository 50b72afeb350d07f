"""What an image weighs, on a terminal."""

from samestack.render.images.sizes_text import print_sizes
from samestack.render.images.sizes_words import share_words
from tests.render.golden_text import assert_golden, drawn
from tests.render.images.weighed_images import bump, empty, helpdesk, hostile


def test_an_image() -> None:
    text = drawn(lambda console: print_sizes(helpdesk(), console, movement=bump()), width=100)
    assert_golden("image_sizes.txt", text)


def test_everything_is_listed_if_asked_for() -> None:
    short = drawn(lambda console: print_sizes(helpdesk(crowd=40), console))
    whole = drawn(lambda console: print_sizes(helpdesk(crowd=40), console, full=True))
    assert "and 22 more (list them with --full)" in short
    assert "crowd-39" not in short
    assert "crowd-39" in whole
    assert "more (list" not in whole


def test_nothing_that_an_image_says_moves_the_cursor() -> None:
    text = drawn(lambda console: print_sizes(hostile(), console), width=60)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_an_empty_image() -> None:
    text = drawn(lambda console: print_sizes(empty(), console))
    assert "0 bytes in 0 layers" in text


def test_small_shares_are_not_none() -> None:
    assert [share_words(one, 1000) for one in (0, 4, 10, 994, 1000)] == [
        "<1 %",
        "<1 %",
        "1 %",
        "99 %",
        "100 %",
    ]
    assert share_words(0, 0) == ""
