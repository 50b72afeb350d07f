"""Steps of real libraries that change answers, hidden among 30 and more others, are named and proved.

Three of them are always tried; the others where services are required, since together they take minutes.
"""

import os
from math import log2
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from samestack.behaviour.bisecting.bisection import Bisection
from samestack.behaviour.bisecting.entry import bisect
from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.progress import SILENT
from tests.capture.real_environments import interpreter_of_series
from tests.services.bisect_cases.cases import Case, case, case_names, written

pytestmark = pytest.mark.registry

ALWAYS = ("pandas-time", "pillow-numpy", "pillow-resize")
_ALL = os.environ.get("SAMESTACK_REQUIRE_SERVICES") == "1"
_MINUTES = pytest.mark.skipif(not _ALL, reason="all cases are tried where SAMESTACK_REQUIRE_SERVICES=1")
_OTHERS = tuple(
    pytest.param(name, marks=(pytest.mark.service, _MINUTES)) for name in case_names() if name not in ALWAYS
)


@pytest.mark.parametrize("name", [*ALWAYS, *_OTHERS])
def test_the_culprit_is_named_and_proved(name: str, tmp_path: Path) -> None:
    one = case(name)
    interpreter_of_series(one.python)  # skips where the machine has none
    found = bisect(written(one, tmp_path), SILENT)
    assert found.verdict is not None, found.baseline.trouble
    assert found.changes.keys() == one.steps.keys()
    assert {frozenset(culprit.pivots) for culprit in found.verdict.culprits} == one.blamed
    assert all(not culprit.companions for culprit in found.verdict.culprits)
    assert found.verdict.trials <= most_trials(one)
    assert {turn.package: turn.first_bad for turn in found.within} == one.since
    assert_proved(found, one)
    assert_mended(found, one)


def most_trials(one: Case) -> float:
    """What the search may take, by how many changes there are and how many are to blame."""
    blamed = sum(len(culprit) for culprit in one.blamed)
    return 2 * blamed * (log2(len(one.steps)) + 2)


def assert_proved(found: Bisection, one: Case) -> None:
    """Each culprit alone makes the good side bad, and the bad side is good without them."""
    assert found.is_proven, found.proofs
    bad = {proof.claim.upgraded for proof in found.proofs if proof.answer is Answer.BAD}
    good = [proof.claim.upgraded for proof in found.proofs if proof.answer is Answer.GOOD]
    assert bad == one.blamed
    assert good
    for upgraded in good:
        assert all(not culprit <= upgraded for culprit in one.blamed)


def assert_mended(found: Bisection, one: Case) -> None:
    """For each culprit one constraint, which the good side meets and the bad one does not."""
    assert len(found.pins) == len(one.culprits)
    for pin in found.pins:
        requirement = Requirement(pin.requirement)
        before, after = one.steps[requirement.name]
        assert requirement.specifier.contains(before)
        assert not requirement.specifier.contains(after)


def test_each_is_hidden_among_25_and_more() -> None:
    assert len(case_names()) >= 10
    for one in map(case, case_names()):
        innocent = one.steps.keys() - frozenset().union(*one.blamed)
        assert len(innocent) >= 25
        assert all(before != after for before, after in one.steps.values())
