"""Layers laid over each other: the laws that every user relies on."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from samestack.config.entry import Entry, Origin, Value
from samestack.config.layering import layered
from samestack.config.rank import Rank

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=3)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3), max_leaves=6
)


def entry(name: str, value: Any, rank: Rank, source: str = "") -> Entry:
    return Entry(name=name, value=value, origin=Origin(source=source or rank.name.lower(), rank=rank))


ENTRIES = st.lists(st.builds(entry, st.sampled_from("ABC"), VALUES, st.sampled_from(Rank)), max_size=12)


def of(values: tuple[Value, ...], name: str) -> Value:
    return next(value for value in values if value.name == name)


@given(ENTRIES)
def test_the_highest_layer_gives_the_origin(entries: list[Entry]) -> None:
    for value in layered(entries):
        found = [one for one in entries if one.name == value.name]
        assert value.origin.rank == min(one.origin.rank for one in found)
        assert len(value.shadowed) == len(found) - 1


@given(ENTRIES)
def test_names_come_once_and_in_order(entries: list[Entry]) -> None:
    names = [value.name for value in layered(entries)]
    assert names == sorted({one.name for one in entries})


@given(ENTRIES, ENTRIES)
def test_what_is_lower_changes_nothing_but_maps(entries: list[Entry], more: list[Entry]) -> None:
    above = [entry(one.name, one.value, Rank.OVERRIDE) for one in entries]
    below = [entry(one.name, one.value, Rank.DEFAULT) for one in more]
    for value in layered(above):
        if not isinstance(value.value, dict):
            assert of(layered([*above, *below]), value.name).value == value.value


def test_maps_merge_and_lists_replace() -> None:
    below = entry("A", {"x": {"a": 1, "b": [1, 2]}, "y": 1}, Rank.BASE)
    above = entry("A", {"x": {"b": [3]}}, Rank.PROFILE)
    assert layered([below, above])[0].value == {"x": {"a": 1, "b": [3]}, "y": 1}


def test_null_is_a_value() -> None:
    found = layered([entry("A", 1, Rank.BASE), entry("A", None, Rank.PROFILE)])
    assert found[0].value is None
    assert found[0].shadowed[0].value == 1


def test_a_map_is_not_merged_through_what_is_none() -> None:
    entries = [
        entry("A", {"a": 1}, Rank.PROFILE),
        entry("A", 5, Rank.BASE),
        entry("A", {"b": 2}, Rank.DEFAULT),
    ]
    assert layered(entries)[0].value == {"a": 1}


def test_within_a_layer_the_first_goes_before() -> None:
    entries = [entry("A", 1, Rank.SECRET_STORE, "vault:one"), entry("A", 2, Rank.SECRET_STORE, "vault:two")]
    assert layered(entries)[0].origin.source == "vault:one"


@given(st.text(min_size=4, max_size=12))
def test_no_representation_shows_a_value(secret: str) -> None:
    planted = f"<{secret}>"
    one = entry("A", planted, Rank.PROCESS)
    assert planted not in repr(one)
    assert planted not in repr(layered([one]))
