"""Every minimal conflict is found, and nothing else: held against trying all subsets."""

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.solve.conflicts.minimal_conflicts import (
    Ask,
    Members,
    OutOfSolves,
    minimal_conflicts,
    minimal_part,
    with_another,
)

SIZE = 7

families = st.lists(st.frozensets(st.integers(0, SIZE - 1), min_size=1, max_size=4), max_size=6)
"""Some sets that cannot be met: whatever holds one of them cannot be met either."""


def asker(unmet: Sequence[Members], asked: list[Members] | None = None, limit: int = 10_000) -> Ask:
    def ask(sets: Sequence[Members]) -> list[bool]:
        if asked is not None:
            asked.extend(sets)
            if len(asked) > limit:
                raise OutOfSolves
        return [not any(one <= members for one in unmet) for members in sets]

    return ask


def minimal(sets: Sequence[Members]) -> set[Members]:
    return {one for one in sets if not any(other < one for other in sets)}


def all_subsets(size: int) -> list[Members]:
    return [frozenset(one) for count in range(size + 1) for one in itertools.combinations(range(size), count)]


@given(families)
def test_it_finds_what_trying_every_subset_finds(unmet: list[Members]) -> None:
    found = minimal_conflicts(frozenset(range(SIZE)), asker(unmet))
    assert found.is_complete
    assert set(found.conflicts) == minimal(unmet)
    assert len(found.conflicts) == len(set(found.conflicts))
    removable = [one for one in all_subsets(SIZE) if asker(unmet)([frozenset(range(SIZE)) - one])[0]]
    assert set(found.corrections) == minimal(removable)


@given(families, st.randoms(use_true_random=False))
def test_a_wrong_suspicion_changes_nothing_but_the_work(unmet: list[Members], random: object) -> None:
    def suspect(members: Members) -> Members:
        return frozenset(one for one in members if random.random() < 0.5)  # type: ignore[attr-defined]

    found = minimal_conflicts(frozenset(range(SIZE)), asker(unmet), suspect)
    assert set(found.conflicts) == minimal(unmet)


@given(families)
def test_a_limit_leaves_true_conflicts_and_says_that_they_may_not_be_all(unmet: list[Members]) -> None:
    found = minimal_conflicts(frozenset(range(SIZE)), asker(unmet, [], limit=5))
    assert set(found.conflicts) <= minimal(unmet)
    assert not found.is_complete or set(found.conflicts) == minimal(unmet)


@given(st.frozensets(st.integers(0, 40), min_size=2, max_size=3))
def test_a_small_conflict_among_many_wishes_takes_few_questions(conflict: Members) -> None:
    asked: list[Members] = []
    everything = frozenset(range(41))
    assert minimal_part(everything, asker([conflict], asked)) == conflict
    assert len(asked) < 2 * len(everything)


@given(families)
def test_hitting_sets_grow_conflict_by_conflict(conflicts: list[Members]) -> None:
    hitting: tuple[Members, ...] = (frozenset(),)
    for conflict in conflicts:
        hitting = with_another(hitting, conflict)
    all_hitting = [one for one in all_subsets(SIZE) if all(one & conflict for conflict in conflicts)]
    assert set(hitting) == minimal(all_hitting)


def test_no_conflict_takes_one_question() -> None:
    asked: list[Members] = []
    found = minimal_conflicts(frozenset(range(30)), asker([], asked))
    assert (found.conflicts, found.corrections, len(asked)) == ((), (frozenset(),), 1)


@pytest.mark.parametrize("limit", [0, 1])
def test_nothing_is_concluded_where_nothing_may_be_asked(limit: int) -> None:
    found = minimal_conflicts(frozenset(range(3)), asker([frozenset({1})], [], limit=limit))
    assert not found.is_complete
