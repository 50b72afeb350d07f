"""Answers acquit, crashes accuse, and nothing that is true is ever acquitted."""

from hypothesis import given
from hypothesis import strategies as st

from samestack.behaviour.bisecting.lattice.atom import Atom
from samestack.behaviour.bisecting.lattice.learning import Learning
from samestack.behaviour.bisecting.lattice.order import Order
from samestack.behaviour.bisecting.lattice.trial import Answer
from tests.behaviour.bisecting.lattice.worlds import random_world, seeded

ORDER = Order([Atom(name) for name in "abcdef"], {})
A, B, C, D, E, F = range(6)


def learning_of(*, resolved: list[set[int]], unresolved: list[set[int]]) -> Learning:
    learning = Learning(ORDER)
    for members in resolved:
        learning.note(frozenset(members), is_resolved=True)
    for members in unresolved:
        learning.note(frozenset(members), is_resolved=False)
    return learning


def test_of_all_suspects_those_are_left_that_no_answer_acquits() -> None:
    learning = learning_of(resolved=[{A, B, C}, {B, D}], unresolved=[{A, D}])
    assert learning.suspects(frozenset({A, D})) == [(A, B), (A, C), (D, B)]
    assert learning.hull(frozenset({A})) == {A, B, C}
    assert learning.hull(frozenset({A, D})) == ORDER.everything
    assert learning.sound(frozenset({A, B, D})) == {B, D}


def test_a_single_explanation_is_learned() -> None:
    assert learning_of(resolved=[{A, B}, {D}], unresolved=[{A, D}]).implications() == {A: {B}}


def test_of_two_explanations_neither_is_learned() -> None:
    assert learning_of(resolved=[{A, B, C}], unresolved=[{A}]).implications() == {}


def test_what_explains_more_crashes_is_learned() -> None:
    learning = learning_of(resolved=[{A, B, C}], unresolved=[{A}, {A, C}])
    assert learning.implications() == {A: {B}}


def test_what_repeats_a_crash_is_a_risk_and_what_has_what_was_lacking_is_none() -> None:
    learning = learning_of(resolved=[{A, B, C}], unresolved=[{A, D}])
    assert learning.risk(frozenset({A, D})) == 1.0
    assert 0 < learning.risk(frozenset({A, B, D})) < 1
    assert learning.risk(frozenset({B, C, E})) == 0.0


def test_a_stray_crash_is_forgotten_once_there_was_an_answer() -> None:
    learning = learning_of(resolved=[], unresolved=[{A}])
    assert learning.is_unresolved(frozenset({A}))
    learning.note(frozenset({A}), is_resolved=True)
    learning.note(frozenset({A}), is_resolved=False)
    assert not learning.is_unresolved(frozenset({A}))
    assert learning.risk(frozenset({A})) == 0.0


@given(st.integers(0, 10_000))
def test_what_is_needed_is_never_acquitted(seed: int) -> None:
    random = seeded(seed)
    world = random_world(random, 8, crashes=3)
    order = Order(world.atoms, world.implications)
    learning = Learning(order)
    learning.note(order.everything, is_resolved=True)
    hybrids = list(world.hybrids())
    for upgraded in random.sample(hybrids, min(len(hybrids), 12)):
        is_resolved = world.truth(upgraded) is not Answer.UNRESOLVED
        learning.note(order.members(upgraded), is_resolved=is_resolved)
    for name in world.names:
        assert order.members(world.closure([name])) <= learning.hull(order.members([name]))
    for upgraded in hybrids:
        sound = frozenset(order.names(learning.sound(order.members(upgraded))))
        assert world.truth(sound) is not Answer.UNRESOLVED
