"""The drawing of a drift stays in its frame, whatever the numbers are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.behaviour.replaying.drift import Drift, Point
from samestack.render.replay.drift_picture import BOTTOM, LEFT, RIGHT, TOP, drift_picture

numbers = st.floats(allow_nan=False, allow_infinity=False)


def drift(*points: tuple[float, float], allowed: tuple[float, float] | None = None) -> Drift:
    return Drift(
        field="score",
        numbers=len(points),
        moved=len(points),
        mean=0.0,
        largest=1.0,
        allowed=allowed,
        points=tuple(Point("a", *one) for one in points),
    )


@given(
    st.lists(st.tuples(numbers, numbers), min_size=1, max_size=8),
    st.none() | st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_everything_is_inside(points: list[tuple[float, float]], allowed: tuple[float, float] | None) -> None:
    drawn = drift_picture(drift(*points, allowed=allowed))
    assert all(LEFT <= dot.x <= RIGHT and TOP <= dot.y <= BOTTOM for dot in drawn.dots)
    assert TOP <= drawn.zero <= BOTTOM
    for x, y in re.findall(r"(\S+),(\S+)", drawn.band):
        assert LEFT <= float(x) <= RIGHT
        assert TOP <= float(y) <= BOTTOM
    assert all(LEFT <= tick.place <= RIGHT for tick in drawn.across)


def test_what_moved_up_stands_above_and_what_is_larger_to_the_right() -> None:
    first, second = drift_picture(drift((1.0, 0.5), (2.0, -0.5))).dots
    assert first.x < second.x
    assert first.y < second.y


def test_the_axes_have_round_numbers() -> None:
    drawn = drift_picture(drift((0.0, 0.012), (10.0, -0.004)))
    assert [tick.label for tick in drawn.across] == ["0", "2", "4", "6", "8", "10"]
    assert "0" in [tick.label for tick in drawn.up]
    labels = [tick.label for tick in drawn.up]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(("change", "is_allowed"), [(0.05, True), (0.3, False)])
def test_what_is_allowed_looks_so(change: float, *, is_allowed: bool) -> None:
    (dot,) = drift_picture(drift((1.0, change), allowed=(0.1, 0.1))).dots
    assert dot.is_allowed == is_allowed
