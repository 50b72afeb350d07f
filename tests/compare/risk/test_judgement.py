"""Every change of anything is judged, with a reason, the gravest first."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samestack.compare.risk import assess
from samestack.model import Component, Layer
from samestack.model.change import Change
from samestack.model.risk import Risk
from tests.compare.risk.changes import package, reasons_of
from tests.strategies import components

ANY = st.none() | components()
NUMBERS = package("numpy", "9" * 5000)


@given(ANY, ANY)
@example(NUMBERS, package("numpy", "1.0"))
@example(package("torch", "1.0"), package("torch", "1.0.0"))
def test_any_change_is_judged_by_its_gravest_reason(
    before: Component | None, after: Component | None
) -> None:
    if before is None and after is None:
        return
    risk, reasons = assess(Change(before, after))
    assert reasons
    assert risk is reasons[0].risk
    assert [one.risk.rank for one in reasons] == sorted(one.risk.rank for one in reasons)
    assert len(set(reasons)) == len(reasons)
    assert all(reason.text.endswith(".") for reason in reasons)


@pytest.mark.parametrize("layer", Layer)
@given(data=st.data())
def test_two_components_of_one_layer_are_judged(layer: Layer, data: st.DataObject) -> None:
    before, after = data.draw(components((layer,))), data.draw(components((layer,)))
    assert assess(Change(before, after))[1]


@given(
    st.sampled_from(["numpy", "opencv-python", "torch", "pandas", "python"]),
    st.from_regex(r"[0-4]\.[0-9]{1,2}(\.[0-9])?", fullmatch=True),
    st.from_regex(r"[0-4]\.[0-9]{1,2}(\.[0-9])?", fullmatch=True),
)
def test_a_change_and_its_reverse_rest_on_the_same_sources(name: str, one: str, other: str) -> None:
    there = reasons_of(package(name, one), package(name, other))
    back = reasons_of(package(name, other), package(name, one))
    assert sorted(reason.sources for reason in there) == sorted(reason.sources for reason in back)


def test_a_downgrade_says_so() -> None:
    texts = [reason.text for reason in reasons_of(package("numpy", "2.0.2"), package("numpy", "1.26.4"))]
    assert "Going back before 2.0.0 undoes this" in texts[0]


def test_unknown_outranks_none_but_nothing_that_is_known() -> None:
    order = [Risk.BREAKS, Risk.RESULTS, Risk.SPEED, Risk.UNKNOWN, Risk.NONE]
    assert sorted(Risk, key=lambda risk: risk.rank) == order
