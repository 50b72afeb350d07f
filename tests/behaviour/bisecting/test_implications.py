"""What metadata demand of hybrids: exactly that none of them is one that an installer would refuse."""

from collections.abc import Mapping
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from samestack.behaviour.bisecting.declared import Declared, declared, is_met
from samestack.behaviour.bisecting.implications import implications

MARKERS = {"python_version": "3.8", "sys_platform": "linux", "extra": ""}
NAMES = ("a", "b", "c", "d")
Needs = Mapping[str, tuple[str, ...]]
Versions = Mapping[str, str]


def of(needs: Needs) -> Declared:
    return declared(needs.keys(), lambda name: needs[name], MARKERS)


def found(good: Versions, good_needs: Needs, bad: Versions, bad_needs: Needs) -> Mapping[str, frozenset[str]]:
    changed = [name for name in {**good, **bad} if good.get(name) != bad.get(name)]
    return implications(changed, (good, of(good_needs)), (bad, of(bad_needs)))


def test_what_a_new_release_asks_for_has_to_be_new_as_well() -> None:
    assert found(
        {"a": "1", "b": "1"}, {"a": (), "b": ()}, {"a": "2", "b": "2"}, {"a": ("b>=2",), "b": ()}
    ) == {"a": {"b"}}


def test_what_an_old_release_refuses_takes_it_along() -> None:
    assert found(
        {"a": "1", "b": "1"}, {"a": ("b<2",), "b": ()}, {"a": "2", "b": "2"}, {"a": ("b",), "b": ()}
    ) == {"b": {"a"}}


def test_what_comes_new_is_needed_by_whoever_asks_for_it_and_what_goes_only_with_the_last_that_does() -> None:
    assert found({"a": "1"}, {"a": ()}, {"a": "2", "b": "1"}, {"a": ("b",), "b": ()}) == {"a": {"b"}}
    assert found({"a": "1", "b": "1"}, {"a": ("b",), "b": ()}, {"a": "2"}, {"a": ()}) == {"b": {"a"}}


def test_markers_and_extras_that_do_not_apply_demand_nothing() -> None:
    needs = ('b>=2; python_version < "3"', 'b>=2; extra == "full"')
    good, bad = {"a": "1", "b": "1"}, {"a": "2", "b": "2"}
    assert found(good, {"a": (), "b": ()}, bad, {"a": needs, "b": ()}) == {}


def test_an_extra_that_a_package_asks_for_counts() -> None:
    good = {"a": "1", "b": "1", "c": "1"}
    bad = {"a": "2", "b": "2", "c": "1"}
    kept: Needs = {"a": (), "b": (), "c": ("a[full]",)}
    assert found(good, kept, bad, {**kept, "a": ('b>=2; extra == "full"',)}) == {"a": {"b"}}


def test_what_an_environment_itself_does_not_keep_to_is_demanded_of_nobody() -> None:
    assert (
        found({"a": "1", "b": "1"}, {"a": (), "b": ()}, {"a": "2", "b": "2"}, {"a": ("b>=3",), "b": ()}) == {}
    )


sides = st.fixed_dictionaries({name: st.sampled_from(("", "1", "2")) for name in NAMES}).map(
    lambda versions: {name: version for name, version in versions.items() if version}
)
requirements = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(("", "<2", ">=2", "==1"))).map("".join), max_size=3
).map(tuple)
needs_of_all = st.fixed_dictionaries(dict.fromkeys(NAMES, requirements))


def consistent(versions: Versions, needs: Needs) -> bool:
    return not list(unmet(versions, {name: needs[name] for name in versions}))


def unmet(versions: Versions, needs: Needs) -> list[str]:
    return [
        text
        for name in versions
        for text in needs[name]
        if (key := canonicalize_name(Requirement(text).name)) != name
        and not is_met(Requirement(text), versions.get(str(key)))
    ]


@given(sides, sides, needs_of_all, needs_of_all)
def test_closed_hybrids_are_those_that_can_be_installed(
    good: Versions, bad: Versions, good_needs: Needs, bad_needs: Needs
) -> None:
    # What did not change is the same release, which declares the same.
    bad_needs = {
        name: good_needs[name] if good.get(name) == bad.get(name) else bad_needs[name] for name in NAMES
    }
    if not (consistent(good, good_needs) and consistent(bad, bad_needs)):
        return
    graph = found(
        good, {name: good_needs[name] for name in good}, bad, {name: bad_needs[name] for name in bad}
    )
    changed = [name for name in NAMES if good.get(name) != bad.get(name)]
    for count in range(len(changed) + 1):
        for upgraded in map(frozenset, combinations(changed, count)):
            mixed = {
                name: side[name] for name in NAMES if name in (side := bad if name in upgraded else good)
            }
            needs = {name: (bad_needs if name in upgraded else good_needs)[name] for name in mixed}
            is_closed = all(graph.get(name, frozenset()) <= upgraded for name in upgraded)
            assert is_closed == (not unmet(mixed, needs)), (upgraded, graph)
