"""Ways through the lattice are closed at each step, and cut where their weight is divided."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.behaviour.bisecting.lattice.atom import Atom
from samestack.behaviour.bisecting.lattice.chain import cut, even_parts, parts_near_an_end, random_chain
from samestack.behaviour.bisecting.lattice.order import Order
from tests.behaviour.bisecting.lattice.worlds import random_world, seeded

FLAT = Order([Atom(f"p{number}") for number in range(16)], {})


@given(st.integers(0, 10_000), st.integers(2, 20))
def test_every_beginning_of_a_way_is_closed(seed: int, size: int) -> None:
    random = seeded(seed)
    world = random_world(random, size)
    order = Order(world.atoms, world.implications)
    lower = order.closure(random.sample(sorted(order.everything), random.randrange(len(order.everything))))
    chain = random_chain(order, lower, order.everything, random)
    assert sorted(chain) == sorted(order.everything - lower)
    for length in range(len(chain) + 1):
        assert world.can_be_built(frozenset(order.names(lower.union(chain[:length]))))


def test_ways_differ() -> None:
    random = seeded(1)
    ways = {tuple(random_chain(FLAT, frozenset(), FLAT.everything, random)) for _ in range(20)}
    assert len(ways) == 20


def test_an_even_way_is_cut_in_half_and_by_four_in_fifths() -> None:
    chain = list(range(16))
    assert [len(one) for one in cut(FLAT, frozenset(), chain, even_parts(1))] == [8]
    assert [len(one) for one in cut(FLAT, frozenset(), chain, even_parts(4))] == [3, 6, 10, 13]


def test_a_way_is_cut_beside_what_is_likely() -> None:
    order = Order([Atom(f"p{number}", 100.0 if number == 13 else 1.0) for number in range(16)], {})
    (middle,) = cut(order, frozenset(), list(range(16)), even_parts(1))
    assert len(middle) in (13, 14)


@given(st.integers(2, 16), st.integers(1, 20), st.integers(0, 9))
def test_cuts_grow_and_are_never_the_ends(length: int, count: int, tries: int) -> None:
    sets = cut(FLAT, frozenset(), list(range(length)), parts_near_an_end(count, tries))
    assert sets
    assert all(0 < len(one) < length for one in sets)
    assert all(one < other for one, other in pairwise(sets))


def test_with_each_failed_try_the_cut_moves_to_an_end() -> None:
    moved = [parts_near_an_end(1, tries) for tries in range(5)]
    assert moved == [[0.5], [0.25], [0.75], [0.125], [0.875]]
    assert parts_near_an_end(3, 0) == pytest.approx(even_parts(3))
