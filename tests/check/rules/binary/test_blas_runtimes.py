from samestack.check.finding import Severity
from samestack.check.rules.binary.blas_runtimes import RULE
from tests.check.subjects import library, python, subject

PLANTED = (
    subject(python(), library("openblas", "numpy"), library("openblas", "scipy"), library("mkl", "mkl")),
)
HEALTHY = (
    subject(python(), library("openblas", "numpy", "0.3.29"), library("openblas", "scipy", "0.3.28")),
    subject(python(), library("mkl", "mkl"), library("onednn", "torch")),
    subject(python(at="/a"), python(at="/b"), library("mkl", "/a:mkl"), library("openblas", "/b:numpy")),
)


def test_it_is_a_note_that_names_who_brings_which() -> None:
    (finding,) = RULE.examine(PLANTED[0])
    assert finding.severity is Severity.NOTE
    assert finding.evidence == ("OpenBLAS is brought by numpy, scipy", "MKL is brought by mkl")


def test_an_openblas_in_numpy_and_in_scipy_is_as_usual() -> None:
    assert list(RULE.examine(HEALTHY[0])) == []
