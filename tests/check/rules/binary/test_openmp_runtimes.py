import pytest

from samestack.check.finding import Severity
from samestack.check.rules.binary.openmp_runtimes import RULE
from tests.check.subjects import library, python, subject

PLANTED = (
    subject(python(), library("libiomp5", "intel-openmp"), library("libomp", "mine")),
    subject(python(), library("libiomp5", "intel-openmp"), library("libgomp", "scikit-learn")),
)
HEALTHY = (
    subject(python(), library("libgomp", "torch"), library("libgomp", "scikit-learn")),
    subject(python(), library("libgomp", "torch"), library("libomp", "mine")),
    subject(python(), library("libiomp5", "intel-openmp")),
    subject(
        python(at="/a"), python(at="/b"), library("libiomp5", "/a:intel-openmp"), library("libomp", "/b:mine")
    ),
)


@pytest.mark.parametrize(("case", "severity"), [(0, Severity.WARNING), (1, Severity.NOTE)])
def test_two_kinds_in_one_environment(case: int, severity: Severity) -> None:
    (finding,) = RULE.examine(PLANTED[case])
    assert finding.severity is severity
    assert "libiomp5 is brought by intel-openmp" in finding.evidence


def test_the_incompatible_pair_is_told_and_not_the_harmless_one_as_well() -> None:
    three = subject(python(), *(library(name, name) for name in ("libiomp5", "libomp", "libgomp")))
    (finding,) = RULE.examine(three)
    assert finding.severity is Severity.WARNING
