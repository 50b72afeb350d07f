"""The probability that is stated, against what one counts by hand."""

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.replaying import chances as module
from samestack.behaviour.replaying.cells import Cell
from samestack.behaviour.replaying.chances import chances
from samestack.behaviour.replaying.deviations import Field, field_of

FAR = Judgement(is_same=False, distance=1.0, detail="far")


def field(*values: object) -> Field:
    """A field of one input, of which only equal values are the same."""
    pairs = {
        (one, other): FAR
        for one in range(len(values))
        for other in range(len(values))
        if values[one] != values[other]
    }
    return field_of([Cell(input="a", field="f", judgements=pairs)], len(values))


def test_two_environments_that_are_apart_are_so_in_one_division() -> None:
    chance, shares = chances({"f": field(0, 0, 0, 1, 1, 1, 1)}, 3, 4)
    assert (chance.alike, chance.divisions) == (1, comb(7, 3))
    assert shares == {"f": pytest.approx(1 / 35)}


def test_as_many_on_both_sides_can_change_places() -> None:
    assert chances({"f": field(0, 0, 0, 1, 1, 1)}, 3, 3)[0].share == pytest.approx(2 / 20)


def test_one_new_answer_in_one_of_the_new_runs_is_likely() -> None:
    chance, shares = chances({"f": field(0, 0, 0, 1, 0, 0, 0)}, 3, 4)
    assert chance.alike == comb(6, 3)  # whenever the odd run is among the new ones
    assert not chance.is_improbable
    assert shares["f"] == pytest.approx(20 / 35)


def test_where_nothing_deviates_there_is_nothing_to_explain() -> None:
    chance, shares = chances({"f": field(0, 1, 0, 1, 0)}, 3, 2)
    assert (chance.share, shares) == (1.0, {})


def test_many_fields_do_not_add_up_to_a_change() -> None:
    """One field of forty that all waver looks like a change; that one of them does is likely."""
    fields = {f"f{place}": field(*(int(place >> run & 1) for run in range(8))) for place in range(1, 255, 6)}
    chance, _ = chances(fields, 3, 5)
    assert not chance.is_improbable


def test_of_too_many_divisions_a_sample_is_looked_at() -> None:
    chance, _ = chances({"f": field(*[0] * 12, *[1] * 12)}, 12, 12)
    assert chance.divisions == module.MOST_DIVISIONS
    assert chance.alike == 1


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.integers(0, 2), min_size=6, max_size=6), min_size=1, max_size=4), st.integers(1, 5)
)
def test_it_is_a_rank_among_all_divisions(columns: list[list[int]], recorded: int) -> None:
    chance, shares = chances({str(n): field(*one) for n, one in enumerate(columns)}, recorded, 6 - recorded)
    assert 1 <= chance.alike <= chance.divisions
    assert all(0 < share < 1 for share in shares.values())
    if shares:
        assert chance.divisions == comb(6, recorded)
