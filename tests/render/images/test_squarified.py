"""Laws of the layout: areas in proportion, nothing outside, nothing twice, nothing left over."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.render.images.squarified import Rectangle, squarified

PAGE = Rectangle(10, 20, 300, 200)
WEIGHTS = st.lists(st.integers(1, 10**10), min_size=1, max_size=120).map(
    lambda found: sorted(map(float, found), reverse=True)
)
PAGES = st.builds(Rectangle, st.just(3.0), st.just(4.0), st.floats(20, 2000), st.floats(20, 2000))


@given(WEIGHTS, PAGES)
def test_every_area_is_in_proportion(weights: list[float], page: Rectangle) -> None:
    total = sum(weights)
    for weight, placed in zip(weights, squarified(weights, page), strict=True):
        assert placed.area == pytest.approx(page.area * weight / total, rel=1e-6, abs=1e-6)


@given(WEIGHTS, PAGES)
def test_nothing_is_outside(weights: list[float], page: Rectangle) -> None:
    slack = 1e-6 * max(page.width, page.height)
    for one in squarified(weights, page):
        assert one.x >= page.x - slack
        assert one.y >= page.y - slack
        assert one.x + one.width <= page.x + page.width + slack
        assert one.y + one.height <= page.y + page.height + slack


@given(WEIGHTS, PAGES)
def test_no_two_overlap(weights: list[float], page: Rectangle) -> None:
    """Shared edges are no overlap, however roughly they were computed."""
    slack = 1e-6 * max(page.width, page.height)
    placed = squarified(weights, page)
    for number, one in enumerate(placed):
        for other in placed[number + 1 :]:
            across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
            down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
            assert across <= slack or down <= slack


def test_the_example_of_the_paper() -> None:
    """Figure 4: 6, 6, 4, 3, 2, 2 and 1 in a rectangle of 6 by 4 begin with two squares of 3 by 2."""
    placed = squarified([6, 6, 4, 3, 2, 2, 1], Rectangle(0, 0, 6, 4))
    assert [(one.x, one.y, one.width, one.height) for one in placed[:2]] == [(0, 0, 3, 2), (0, 2, 3, 2)]
    assert (placed[2].width, placed[2].height) == pytest.approx((4 / (7 / 3), 7 / 3))


def test_equal_weights_are_nearly_square() -> None:
    for one in squarified([1.0] * 100, Rectangle(0, 0, 100, 100)):
        assert one.width == pytest.approx(one.height)


def test_thousands_are_no_square_of_that_time() -> None:
    placed = squarified([1.0] * 5000, PAGE)
    assert len(placed) == 5000
    assert all(one.area > 0 for one in placed)
    assert all(a != b for a, b in pairwise(placed))


def test_nothing_fills_nothing() -> None:
    assert squarified([], PAGE) == ()
    assert [one.area for one in squarified([1.0], Rectangle(0, 0, 0, 10))] == [0]
