"""Bisection finds what it is for, whatever it is told of likelihoods; told well, it asks less."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.verify.search.narrowing import shrunk, transition

weights_and_place = st.lists(st.floats(0.1, 100), min_size=1, max_size=60).flatmap(
    lambda weights: st.tuples(st.just(weights), st.integers(1, len(weights)))
)


@given(weights_and_place)
def test_the_transition_is_found_and_every_interval_on_the_way_contains_it(
    case: tuple[list[float], int],
) -> None:
    weights, place = case
    asked: list[int] = []

    def holds(count: int) -> bool:
        asked.append(count)
        return count >= place

    intervals = [(0, len(weights)), *transition(weights, holds)]
    assert all(low < place <= high for low, high in intervals)
    assert intervals[-1][1] - intervals[-1][0] == 1
    assert len(set(asked)) == len(asked)
    assert all(0 < one < len(weights) for one in asked)


@given(st.integers(1, 200).flatmap(lambda count: st.tuples(st.just(count), st.integers(1, count))))
def test_with_equal_weights_it_asks_as_often_as_bisection(case: tuple[int, int]) -> None:
    count, place = case
    asked = list(transition([1.0] * count, lambda number: number >= place))
    assert len(asked) <= math.ceil(math.log2(count)) if count > 1 else not asked


def test_what_is_as_likely_as_all_the_rest_is_asked_about_first() -> None:
    asked: list[int] = []
    list(transition([7.0, *[1.0] * 7], lambda count: asked.append(count) or True))  # type: ignore[func-returns-value]
    assert asked == [1]


needed_of_things = st.integers(0, 40).flatmap(
    lambda count: st.tuples(
        st.just(count), st.sets(st.integers(0, max(0, count - 1)), max_size=min(count, 4))
    )
)


@given(needed_of_things)
def test_shrinking_comes_down_to_exactly_what_is_needed(case: tuple[int, set[int]]) -> None:
    count, needed = case
    asked: set[tuple[int, ...]] = set()

    def is_good(chosen: tuple[int, ...]) -> bool:
        asked.add(chosen)
        return needed <= set(chosen)

    seen = [tuple(range(count)), *shrunk(range(count), lambda _: 1.0, is_good)]
    assert all(needed <= set(one) for one in seen)
    assert [len(one) for one in seen] == sorted((len(one) for one in seen), reverse=True)
    assert set(seen[-1]) == needed
    assert len(asked) <= (len(needed) + 1) * (math.ceil(math.log2(count + 1)) + 1)


@given(st.lists(st.sets(st.integers(0, 11), min_size=1), min_size=1, max_size=4))
def test_of_several_ways_one_minimal_one_is_found(ways: list[set[int]]) -> None:
    def is_good(chosen: tuple[int, ...]) -> bool:
        return any(way <= set(chosen) for way in ways)

    *_, least = shrunk(range(12), lambda one: 12.0 - one, is_good)
    assert is_good(least)
    assert not any(is_good(tuple(one for one in least if one != left)) for left in least)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_likely_things_in_front_are_found_with_few_questions(place: int) -> None:
    asked: list[tuple[int, ...]] = []

    def is_good(chosen: tuple[int, ...]) -> bool:
        asked.append(chosen)
        return place in chosen

    weight = [400.0, 200.0, 100.0, *[1.0] * 50]
    *_, least = shrunk(range(53), lambda one: weight[one], is_good)
    assert least == (place,)
    assert len(set(asked)) - 1 <= place + 2  # the first question, about nothing, has been answered before
