"""What holds for every kind of answer."""

from math import isnan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.behaviour.comparing.comparison import compare, noise_of
from samestack.behaviour.comparing.defaults import TOLERANCES
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import widened
from samestack.behaviour.recording.recording import Value
from tests.behaviour.comparing.answers import PAIRS, tolerances

ONE_SIDED = {Kind.METRIC, Kind.LATENCY, Kind.DISTRIBUTION, Kind.TEXT}
"""A figure counts in shares of the reference, spread is measured in the reference's; slower is not faster."""


@pytest.mark.parametrize("kind", Kind)
@given(data=st.data())
def test_an_answer_is_the_same_as_itself(kind: Kind, data: st.DataObject) -> None:
    for value in data.draw(PAIRS[kind]):
        judgement = compare(kind, value, value, TOLERANCES[kind]())
        assert (judgement.is_same, judgement.distance, judgement.detail) == (True, 0, "")


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in ONE_SIDED])
@given(data=st.data())
def test_neither_side_is_preferred(kind: Kind, data: st.DataObject) -> None:
    one, other = data.draw(PAIRS[kind])
    tolerance = TOLERANCES[kind]()
    there, back = compare(kind, one, other, tolerance), compare(kind, other, one, tolerance)
    assert there.distance == pytest.approx(back.distance, rel=1e-6, abs=1e-9)
    assert there.is_same == back.is_same


@pytest.mark.parametrize("kind", Kind)
@given(data=st.data())
def test_what_is_the_same_stays_so_when_more_is_allowed(kind: Kind, data: st.DataObject) -> None:
    (one, other), (tight, loose) = data.draw(PAIRS[kind]), data.draw(tolerances(kind))
    if compare(kind, one, other, tight).is_same:
        assert compare(kind, one, other, loose).is_same


@pytest.mark.parametrize("kind", Kind)
@given(data=st.data())
def test_what_one_environment_answers_is_the_same_once_its_noise_is_known(
    kind: Kind, data: st.DataObject
) -> None:
    one, other = data.draw(PAIRS[kind])
    tolerance = TOLERANCES[kind]()
    noise = noise_of(kind, [one, other], tolerance)
    assert compare(kind, one, other, widened(tolerance, noise)).is_same


@pytest.mark.parametrize("kind", Kind)
@given(data=st.data())
def test_a_distance_is_a_number_and_a_difference_is_explained(kind: Kind, data: st.DataObject) -> None:
    one, other = data.draw(PAIRS[kind])
    judgement = compare(kind, one, other, TOLERANCES[kind]())
    assert judgement.distance >= 0
    assert not isnan(judgement.distance)
    assert judgement.is_same or judgement.detail


@pytest.mark.parametrize("kind", Kind)
@given(data=st.data())
def test_something_is_never_the_same_as_nothing(kind: Kind, data: st.DataObject) -> None:
    value: Value = data.draw(PAIRS[kind])[0]
    tolerance: Any = TOLERANCES[kind]()
    assert compare(kind, None, None, tolerance).is_same
    assert not compare(kind, value, None, tolerance).is_same
    assert not compare(kind, None, value, tolerance).is_same
