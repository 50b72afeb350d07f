"""What a comparison comes to."""

import pytest

from samestack.compare.difference import Comparison, Relation
from samestack.model import Layer
from samestack.model.risk import Risk
from samestack.render.comparison.verdict import NOTHING_DIFFERS, verdict, verdict_sentence
from tests.render.samples import (
    component,
    difference,
    environment_and_wish,
    equal,
    package,
    reason,
    side,
    two_environments,
)


def comparison(*differences: object) -> Comparison:
    return Comparison(before=side("a", "1"), after=side("b", "2"), differences=differences)  # type: ignore[arg-type]


def test_counts_by_risk_and_layer() -> None:
    assert verdict(two_environments()) == (
        "3 breaks, 7 results, 2 speed, 7 unknown, 5 without risk; hardware 2, kernel 1, os 3, system 5, "
        "accelerator 1, python 1, packages 10, configuration 1"
    )


def test_the_sentence_says_what_the_differences_can_do() -> None:
    assert verdict_sentence(two_environments()) == (
        "24 differences: 3 can break the program, 7 can change results, 2 can change speed, "
        "for 7 the effect is not known and 5 should have no effect."
    )


@pytest.mark.parametrize(
    ("risk", "sentence"),
    [
        (Risk.BREAKS, "One difference: it can break the program."),
        (Risk.UNKNOWN, "One difference: for it the effect is not known."),
        (Risk.NONE, "One difference: it should have no effect."),
    ],
)
def test_one_difference_is_not_counted(risk: Risk, sentence: str) -> None:
    assert verdict_sentence(comparison(package("x", "1", "2", reason(risk, "y")))) == sentence


def test_equal_environments() -> None:
    assert verdict(equal()) == verdict_sentence(equal()) == NOTHING_DIFFERS


def test_what_is_undecided_is_said() -> None:
    assert verdict(environment_and_wish()) == "1 results; packages 1; 1 undecided"
    torch = component(Layer.PACKAGES, "torch", "1")
    undecided = comparison(difference(torch, torch, relation=Relation.UNDECIDED))
    assert verdict(undecided) == "1 undecided"
    assert verdict_sentence(undecided) == "Nothing is known to differ; 1 undecided."
