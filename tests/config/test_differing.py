"""Two profiles held against each other."""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from samestack.config.differing import ProfileComparison, Relation, compared
from samestack.config.masking import MASK
from samestack.config.rank import Rank
from samestack.config.resolution import Resolution
from samestack.config.schema.field import Field
from samestack.render.configuration.difference_json import encode_comparison
from samestack.render.configuration.difference_markdown import comparison_markdown
from samestack.render.configuration.difference_table import print_comparison
from tests.config.configurations import resolution, value
from tests.render.golden_text import drawn

KEY = b"k" * 32
SECRET = (Field(name="KEY", is_secret=True),)
NAMES = st.sampled_from(["A", "B", "C", "KEY"])
VALUES = (
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "1", "true", "x"]) | st.just([1])
)


def of(**said: Any) -> Resolution:
    return resolution(*(value(name, one) for name, one in sorted(said.items())), fields=SECRET)


def relation(before: Any, after: Any, name: str = "A", **more: Any) -> Relation | None:
    """How two values stand to each other."""
    found = compared(of(**{name: before}), of(**{name: after}), KEY, **more).differences
    return found[0].relation if found else None


def told(comparison: ProfileComparison) -> str:
    """Everything that any form says of it."""
    return (
        drawn(lambda console: print_comparison(comparison, console, with_origins=True), width=200)
        + comparison_markdown(comparison, with_origins=True)
        + encode_comparison(comparison).decode()
    )


resolutions = st.dictionaries(NAMES, VALUES).map(lambda said: of(**said))


@given(resolutions)
def test_a_profile_is_equal_to_itself(one: Resolution) -> None:
    comparison = compared(one, one, KEY, with_origins=True)
    assert comparison.is_equal
    assert comparison.same == len(one.values)


@given(resolutions, resolutions)
def test_the_other_way_round_is_the_same(before: Resolution, after: Resolution) -> None:
    there, back = compared(before, after, KEY), compared(after, before, KEY)
    turned = {Relation.ONLY_AFTER: Relation.ONLY_BEFORE, Relation.ONLY_BEFORE: Relation.ONLY_AFTER}
    assert {one.name: one.relation for one in there.differences} == {
        one.name: turned.get(one.relation, one.relation) for one in back.differences
    }
    assert there.same == back.same


@given(resolutions, resolutions)
def test_every_variable_is_counted_once(before: Resolution, after: Resolution) -> None:
    comparison = compared(before, after, KEY)
    names = {one.name for one in (*before.values, *after.values)}
    different = [one for one in comparison.differences if one.relation is not Relation.SAME_SECRET]
    assert comparison.same + len(different) == len(names)


def test_values_of_other_types_are_other_values() -> None:
    for before, after in ((1, "1"), (1, True), (1, 1.5), (None, ""), (None, False), ([1], ["1"])):
        assert relation(before, after) is Relation.DIFFERS
    assert relation({"a": 1, "b": 2}, {"b": 2, "a": 1}) is None


def test_null_is_a_value_and_its_absence_is_none() -> None:
    (found,) = compared(of(A=None), of(), KEY).differences
    assert found.relation is Relation.ONLY_BEFORE
    assert found.before is not None
    assert found.before.value is None


def test_secrets_are_told_apart_and_never_shown() -> None:
    comparison = compared(of(KEY="canary-one"), of(KEY="canary-two"), KEY)
    (found,) = comparison.differences
    assert found.before is not None
    assert found.after is not None
    assert (found.before.value, found.after.value) == (MASK, MASK)
    assert found.before.fingerprint != found.after.fingerprint
    assert "canary" not in told(comparison)
    assert "canary" not in repr(found.before)


def test_one_secret_for_both_is_said() -> None:
    assert relation("s3cret", "s3cret", "KEY") is Relation.SAME_SECRET
    assert compared(of(KEY="s3cret"), of(KEY="s3cret"), KEY).is_equal
    assert relation("", "", "KEY") is None
    assert relation(None, None, "KEY") is None


def test_a_secret_of_one_profile_is_masked_in_the_other() -> None:
    kept = resolution(value("TOKEN", "canary-kept", Rank.SECRET_STORE))
    open_ = resolution(value("TOKEN", "canary-open", Rank.PROFILE))
    for before, after in ((kept, open_), (open_, kept)):
        assert "canary" not in told(compared(before, after, KEY))


def test_addresses_that_differ_in_their_passwords_alone_differ() -> None:
    before, after = (of(A=f"postgresql://app:{one}@db/app") for one in ("canary-1", "canary-2"))
    comparison = compared(before, after, KEY)
    (found,) = comparison.differences
    assert found.relation is Relation.DIFFERS
    assert "canary" not in told(comparison)
    assert told(comparison).count("#") >= 4


def test_what_was_not_read_is_not_judged() -> None:
    unread = of(A=msgspec.UNSET)
    for before, after in ((unread, unread), (unread, of(A=1)), (of(A=1), unread)):
        comparison = compared(before, after, KEY)
        assert [one.relation for one in comparison.differences] == [Relation.UNDECIDED]
        assert comparison.is_equal
        assert "not read" in told(comparison)


def test_another_layer_counts_where_it_is_asked_for() -> None:
    before, after = resolution(value("A", 1, Rank.DEFAULT)), resolution(value("A", 1, Rank.PROFILE))
    assert not compared(before, after, KEY).differences
    comparison = compared(before, after, KEY, with_origins=True)
    assert [one.relation for one in comparison.differences] == [Relation.OTHER_LAYER]
    assert not comparison.is_equal
