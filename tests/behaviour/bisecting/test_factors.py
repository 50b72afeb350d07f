"""When the machine itself is tried."""

import pytest

from samestack.behaviour.bisecting.factors import factors_for
from samestack.behaviour.bisecting.trials.outcome import Ending, Outcome


def names(packages: set[str], messages: str = "") -> list[str]:
    return [
        one.name for one in factors_for(packages, Outcome(ending=Ending.EXIT, status=1, messages=messages))
    ]


def test_each_factor_is_tried_where_packages_are_to_which_it_matters() -> None:
    assert names({"numpy", "six"}) == ["on one thread", "without numpy's code for newer processors"]
    assert names({"tensorflow"}) == ["on one thread", "without oneDNN"]
    assert names({"six"}) == []


@pytest.mark.parametrize("error", ["ImportError: no", "TypeError: Descriptors cannot", "AttributeError: x"])
def test_what_no_number_makes_is_not_blamed_on_the_machine(error: str) -> None:
    assert names({"numpy"}, f"Traceback (most recent call last):\n  File x\n{error}\n") == []


def test_an_assertion_on_a_number_is() -> None:
    assert names({"numpy"}, "Traceback\nAssertionError: 0.1 is not 0.2\n") != []
