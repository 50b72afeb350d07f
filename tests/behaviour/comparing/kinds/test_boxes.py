"""Where things were found."""

from math import cos, radians, sin
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.behaviour.comparing.comparison import compare
from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.overlap import corners, turned_overlap, upright_overlap
from samestack.behaviour.comparing.tolerances import BoxesTolerance
from samestack.errors import RequestError

FOUND = np.array([[10, 10, 110, 60, 0.9, 1], [200, 40, 260, 100, 0.8, 2], [12, 300, 40, 350, 0.4, 1]], float)


def boxes(reference: Any, answer: Any, **given_options: Any) -> Judgement:
    return compare(Kind.BOXES, np.array(reference), np.array(answer), BoxesTolerance(**given_options))


def test_a_turned_rectangle_is_the_same_however_it_is_described() -> None:
    # minAreaRect of the same four points, OpenCV 4.4.0.46 and 4.5.1.48.
    before = [18.0, 39.0, 8.944271087646484, 22.360681533813477, -63.43495178222656]
    after = [18.0, 39.000003814697266, 22.360679626464844, 8.944271087646484, 26.56505012512207]
    judgement = boxes(before, after)
    assert judgement.is_same
    assert judgement.distance < 1e-3
    assert not boxes(before, [*after[:4], -26.56505012512207]).is_same


def test_order_means_nothing() -> None:
    assert boxes(FOUND, FOUND[::-1]) == Judgement(is_same=True, distance=0)


def test_a_box_that_moved() -> None:
    moved = FOUND.copy()
    moved[0, [0, 2]] += 1
    judgement = boxes(FOUND, moved)
    assert judgement.distance == pytest.approx((1 - 99 / 101) / 0.01)
    assert judgement.detail == "box 0 overlaps by 0.9802"
    assert boxes(FOUND, moved, iou=0.98).is_same


def test_a_score_that_moved() -> None:
    moved = FOUND.copy()
    moved[1, 4] += 5e-4
    assert boxes(FOUND, moved).is_same
    moved[1, 4] += 6e-4
    assert boxes(FOUND, moved).detail == "box 1 overlaps by 1, its score is 0.0011 off"


def test_boxes_that_come_and_go() -> None:
    assert boxes(FOUND, FOUND[:2]).detail == "1 gone"
    assert boxes(FOUND[:2], FOUND).detail == "1 new"
    assert boxes(FOUND, np.zeros((0, 6))).detail == "3 gone"
    assert boxes(np.zeros(0), np.zeros(0)).is_same
    assert boxes(np.zeros(0), FOUND).detail == "3 new"


def test_a_box_of_another_class_is_another_box() -> None:
    other = FOUND.copy()
    other[2, 5] = 2
    judgement = boxes(FOUND, other)
    assert judgement.detail == "1 gone, 1 new"
    assert judgement.distance == pytest.approx(100)


def test_boxes_on_the_same_place_are_told_apart_by_their_scores() -> None:
    twice = np.array([[0, 0, 9, 9, 0.9], [0, 0, 9, 9, 0.2]])
    assert boxes(twice, twice[::-1]).distance == 0


def test_a_box_without_area_is_the_same_as_itself_alone() -> None:
    line = np.array([[5.0, 5.0, 5.0, 9.0]])
    assert boxes(line, line.copy()).is_same
    assert not boxes(line, line + 1).is_same


def test_boxes_of_other_forms() -> None:
    by_corner = [[10, 10, 110, 60]]
    for columns, same in (
        (("x", "y", "w", "h"), [[10, 10, 100, 50]]),
        (("cx", "cy", "w", "h"), [[60, 35, 100, 50]]),
    ):
        moved = np.add(same, [1.0, 0, 0, 0])
        shifted = np.add(by_corner, [1.0, 0, 1, 0])
        stated = boxes(same, moved, columns=columns)
        assert stated.distance == pytest.approx(boxes(by_corner, shifted).distance)


def test_columns_may_be_in_any_order() -> None:
    columns = ("class", "score", "-", "x1", "y1", "x2", "y2")
    table = np.array([[7, 0.9, 0, 10, 10, 20, 20]])
    unused = np.add(table, [0, 0, 5, 0, 0, 0, 0])
    assert boxes(table, unused, columns=columns).is_same
    assert not boxes(table, np.add(table, [1, 0, 0, 0, 0, 0, 0]), columns=columns).is_same


def test_an_angle_in_radians() -> None:
    columns = ("cx", "cy", "w", "h", "radians")
    assert boxes([5, 5, 4, 2, 0.1], [5, 5, 2, 4, 0.1 + np.pi / 2], columns=columns).is_same


def test_a_corner_and_a_size_are_recognised() -> None:
    assert boxes([[50, 60, 10, 10]], [[51, 60, 10, 10]]).detail == "box 0 overlaps by 0.8182"


@pytest.mark.parametrize("table", [[[1, 2, 3]], [[1, 2, 3, 4, 5, 6, 7]], [["a", "b", "c", "d"]], 4])
def test_what_is_no_box_is_refused(table: Any) -> None:
    with pytest.raises(RequestError, match="cannot be compared as boxes"):
        boxes(table, table)


def test_an_answer_that_is_no_box_differs() -> None:
    assert boxes(FOUND, [[1, 2, 3]]).distance == np.inf


def upright(x: float, y: float, w: float, h: float) -> Any:
    return np.array([[x, y, x + w, y + h]], float)


sides = st.integers(1, 20)
places = st.tuples(sides, sides, sides, sides)


@given(places, places)
def test_upright_boxes_overlap_alike_when_they_are_seen_as_turned(one: Any, other: Any) -> None:
    first, second = upright(*one), upright(*other)
    seen = [corners(np.array([[x + w / 2, y + h / 2, w, h]]), np.zeros(1)) for x, y, w, h in (one, other)]
    assert turned_overlap(*seen) == pytest.approx(upright_overlap(first, second))


@given(places, places, st.integers(-180, 180))
def test_turning_both_changes_nothing(one: Any, other: Any, degrees: int) -> None:
    turn = radians(degrees)
    matrix = np.array([[cos(turn), -sin(turn)], [sin(turn), cos(turn)]])
    seen = [corners(np.array([[x, y, w, h]], float), np.zeros(1)) for x, y, w, h in (one, other)]
    turned = [corner @ matrix.T for corner in seen]
    assert turned_overlap(*turned) == pytest.approx(turned_overlap(*seen), abs=1e-9)


def test_a_square_and_the_same_turned_by_an_eighth() -> None:
    square, turned = (corners(np.array([[0, 0, 2, 2]], float), np.array([angle])) for angle in (0, np.pi / 4))
    octagon = 8 * (np.sqrt(2) - 1)
    assert turned_overlap(square, turned)[0, 0] == pytest.approx(octagon / (8 - octagon))
