"""The plan is a comparison: applied to what is there, it gives what was locked."""

from hypothesis import given
from hypothesis import strategies as st

from samestack.compare.changes import patch
from samestack.compare.releases import SEEDS, releases
from samestack.envs.syncing.plan import Action, Plan, action_of, package_changes
from samestack.model import Component, Ecosystem, Layer, Stack
from samestack.model.change import Change

NAMES = st.sampled_from(("alpha", "beta", "gamma", "pip", "setuptools", "example"))
VERSIONS = st.sampled_from(("1.0", "1.0.post1", "2.0rc1", "2.0", "2!0.1", "not a version"))


def package(name: str, version: str | None, source: str | None = None) -> Component:
    return Component(
        layer=Layer.PACKAGES, ecosystem=Ecosystem.PYPI, name=name, version=version, source=source
    )


def stacks() -> st.SearchStrategy[Stack]:
    packages = st.dictionaries(NAMES, VERSIONS)
    return packages.map(lambda said: Stack.of(package(name, version) for name, version in said.items()))


@given(observed=stacks(), locked=stacks())
def test_what_comes_out_is_what_was_locked_and_what_is_left_alone(observed: Stack, locked: Stack) -> None:
    outcome = patch(releases(observed), package_changes(observed, locked))
    names = {one.name for one in locked}
    left_alone = Stack.of(one for one in releases(observed) if one.name in SEEDS - names)
    assert outcome == Stack.of((*releases(locked), *left_alone))


@given(stack=stacks())
def test_what_is_as_it_was_locked_needs_nothing(stack: Stack) -> None:
    assert package_changes(stack, stack) == ()


@given(observed=stacks(), locked=stacks())
def test_the_project_itself_is_no_business_of_the_lock(observed: Stack, locked: Stack) -> None:
    changes = package_changes(observed, locked, own="example")
    assert "example" not in {change.name for change in changes}
    removed = package_changes(observed, locked, own="example", with_own=False)
    assert {change.name for change in removed} - {change.name for change in changes} <= {"example"}


def test_every_action_has_its_name() -> None:
    old, new, odd = package("a", "1"), package("a", "1!0"), package("a", "x")
    elsewhere = package("a", "1", "git+https://example.org/a@1")
    assert action_of(Change(None, new)) is Action.INSTALL
    assert action_of(Change(old, None)) is Action.REMOVE
    assert action_of(Change(old, new)) is Action.UPGRADE
    assert action_of(Change(new, old)) is Action.DOWNGRADE
    assert action_of(Change(old, elsewhere)) is Action.REPLACE
    assert action_of(Change(old, odd)) is Action.REPLACE


def test_a_second_metadata_of_one_package_goes() -> None:
    twice = Stack.of((package("a", "1"), package("a", "2")))
    changes = package_changes(twice, Stack.of((package("a", "2"),)))
    assert changes == (Change(package("a", "1"), None),)


def test_counts_name_only_what_happens() -> None:
    plan = Plan(changes=(Change(None, package("a", "1")), Change(None, package("b", "1"))))
    assert plan.counts == {Action.INSTALL: 2}
    assert not plan.is_empty
    assert Plan().is_empty
    assert not Plan(anew="asked for").is_empty
    assert not Plan(project="example").is_empty
