"""The laws of closed sets, for whatever needs whatever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.behaviour.bisecting.lattice.atom import Atom
from samestack.behaviour.bisecting.lattice.order import Members, Order

NAMES = [f"p{number}" for number in range(6)]
names = st.sampled_from(NAMES)
needs = st.dictionaries(names, st.frozensets(names, max_size=2))


def order_of(implications: dict[str, frozenset[str]]) -> Order:
    return Order([Atom(name) for name in NAMES], implications)


def is_closed(order: Order, members: Members) -> bool:
    return all(order.needs[one] <= members for one in members)


@given(needs, st.data())
def test_a_closure_is_the_smallest_closed_set_that_holds_them(
    implications: dict[str, frozenset[str]], data: st.DataObject
) -> None:
    order = order_of(implications)
    subsets = st.frozensets(st.sampled_from(sorted(order.everything)))
    members, other = data.draw(subsets), data.draw(subsets)
    closure = order.closure(members)
    assert members <= closure
    assert is_closed(order, closure)
    assert order.closure(closure) == closure
    assert closure <= order.closure(members | other)
    assert not (is_closed(order, other) and members <= other) or closure <= other


@given(needs, st.data())
def test_what_is_left_is_the_largest_closed_part_that_holds_none_of_them(
    implications: dict[str, frozenset[str]], data: st.DataObject
) -> None:
    order = order_of(implications)
    subsets = st.frozensets(st.sampled_from(sorted(order.everything)))
    members, removed, other = order.closure(data.draw(subsets)), data.draw(subsets), data.draw(subsets)
    left = order.without(members, removed)
    assert left <= members
    assert not left & removed
    assert is_closed(order, left)
    assert not (is_closed(order, other) and other <= members and not other & removed) or other <= left


@given(needs, st.data())
def test_a_closed_set_is_the_closure_of_its_topmost(
    implications: dict[str, frozenset[str]], data: st.DataObject
) -> None:
    order = order_of(implications)
    members = order.closure(data.draw(st.frozensets(st.sampled_from(sorted(order.everything)))))
    topmost = order.topmost(members)
    assert order.closure(topmost) == members
    assert all(one not in order.closure(set(topmost) - {one}) for one in topmost)


@given(needs)
def test_what_can_be_built_by_name_is_what_is_closed_by_index(
    implications: dict[str, frozenset[str]],
) -> None:
    order = order_of(implications)
    for group in order.groups:
        (members,) = {order.members([name]) for name in group}
        closed = order.names(order.closure(members))
        assert all(implications.get(name, frozenset()) <= set(closed) for name in closed)
    assert order.names(order.everything) == tuple(sorted(NAMES))


def test_what_needs_each_other_moves_together() -> None:
    circle = {"p0": frozenset({"p1"}), "p1": frozenset({"p2"}), "p2": frozenset({"p0"})}
    order = order_of({**circle, "p4": frozenset({"p2"}), "p1": frozenset({"p2", "p5"})})
    assert order.groups == (("p0", "p1", "p2"), ("p3",), ("p4",), ("p5",))
    assert order.names(order.closure(order.members(["p4"]))) == ("p0", "p1", "p2", "p4", "p5")


def test_weights_are_added_up_and_nothing_is_impossible() -> None:
    order = Order(
        [Atom("a", 3.0), Atom("b", 1.0), Atom("c", 0.0)], {"a": frozenset({"b"}), "b": frozenset({"a"})}
    )
    assert order.weights == (1.5, 0.5)
    assert Order([Atom("a", 0.0), Atom("b", 0.0)], {}).weights == (0.5, 0.5)


@pytest.mark.parametrize(
    ("atoms", "implications", "message"),
    [
        ([Atom("a"), Atom("a")], {}, "two changes have one name"),
        ([Atom("a", -1.0)], {}, "a weight is negative"),
        ([Atom("a")], {"a": frozenset({"z"})}, "names what does not change: z"),
        ([Atom("a")], {"y": frozenset({"a"})}, "names what does not change: y"),
    ],
)
def test_what_makes_no_sense_is_refused(
    atoms: list[Atom], implications: dict[str, frozenset[str]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Order(atoms, implications)
