"""The law that every verb stands on: ``patch`` undoes what ``compare`` found, and nothing else."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from samestack.compare.changes import compare, patch
from samestack.compare.identity import identity_in
from samestack.model import Component, Host, Stack
from tests.strategies import components, compositions

stacks = compositions(Stack)


@given(stacks, stacks)
def test_patching_by_the_changes_gives_the_other_stack(before: Stack, after: Stack) -> None:
    assert patch(before, compare(before, after)) == after


@given(stacks, stacks)
def test_the_law_holds_under_the_identity_across_ecosystems(before: Stack, after: Stack) -> None:
    changes = compare(before, after, before_identity=identity_in(before), after_identity=identity_in(after))
    assert patch(before, changes) == after


@given(compositions(Host), compositions(Host))
def test_the_law_holds_for_hosts(before: Host, after: Host) -> None:
    assert patch(before, compare(before, after)) == after


@given(stacks)
def test_nothing_differs_from_itself(stack: Stack) -> None:
    assert compare(stack, stack) == ()


@given(stacks, stacks)
def test_the_changes_back_are_the_changes_turned_round(before: Stack, after: Stack) -> None:
    there = {(repr(change.before), repr(change.after)) for change in compare(before, after)}
    back = {(repr(change.after), repr(change.before)) for change in compare(after, before)}
    assert there == back


@given(st.lists(components(Stack.layers), max_size=8), st.randoms(use_true_random=False))
def test_equal_environments_are_equal_values(found: list[Component], random: Random) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    assert Stack.of(found) == Stack.of(shuffled)
    assert Stack.of(found).digest == Stack.of(shuffled).digest
