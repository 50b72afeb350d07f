"""Rule ``blas-runtimes``: several libraries of linear algebra, of different makers, in one process."""

from collections.abc import Iterator

from samestack.check.finding import Finding, Severity
from samestack.check.python_environment import owner_of
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Layer

_SOURCES = (
    "https://scikit-learn.org/stable/computing/parallelism.html",
    "https://github.com/joblib/threadpoolctl",
)
_NAMES = {"openblas": "OpenBLAS", "mkl": "MKL", "blis": "BLIS"}


def examine(subject: Subject) -> Iterator[Finding]:
    """Which libraries the packages of each Python bring. numpy and scipy mostly bring an OpenBLAS each."""
    for environment in subject.pythons:
        found = [one for one in environment.libraries if one.name in _NAMES and one.layer is Layer.SYSTEM]
        kinds = [name for name in _NAMES if any(one.name == name for one in found)]
        if len(kinds) < 2:
            continue
        owners = {kind: sorted({owner_of(one) for one in found if one.name == kind}) for kind in kinds}
        yield Finding(
            rule=RULE.id,
            severity=Severity.NOTE,
            layer=Layer.SYSTEM,
            subject=owners[kinds[-1]][0],
            at=environment.at,
            message=f"{' and '.join(_NAMES[kind] for kind in kinds)} are here: each has its own threads, "
            "and the same operation can round otherwise in one package than in another",
            evidence=tuple(f"{_NAMES[kind]} is brought by {', '.join(owners[kind])}" for kind in kinds),
            remedy="limit the threads of all together with threadpoolctl, or with OPENBLAS_NUM_THREADS and "
            "MKL_NUM_THREADS",
            sources=_SOURCES,
        )


RULE = Rule(
    id="blas-runtimes",
    summary="Packages bring linear algebra libraries of different makers.",
    layer=Layer.SYSTEM,
    severity=Severity.NOTE,
    examine=examine,
)
