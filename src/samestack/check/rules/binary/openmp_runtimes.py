"""Rule ``openmp-runtimes``: runtimes of OpenMP that get into each other's way in one process."""

from collections.abc import Iterator

from samestack.check.finding import Finding, Severity
from samestack.check.python_environment import PythonEnvironment, owner_of
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Layer

_SOURCE = "https://github.com/joblib/threadpoolctl/blob/master/multiple_openmp.md"
_REMEDIES = {
    Severity.WARNING: "set MKL_THREADING_LAYER=GNU where MKL brings Intel's, or install builds of one kind",
    Severity.NOTE: "where their threads are too many together, limit them with OMP_NUM_THREADS",
}
_NAMES = {"libomp": "LLVM's", "libiomp5": "Intel's", "libgomp": "GCC's"}


def examine(subject: Subject) -> Iterator[Finding]:
    """Which runtimes the packages of each Python bring. Several copies of one kind go together."""
    for environment in subject.pythons:
        owners = {name: _owners(environment, name) for name in _NAMES}
        if owners["libomp"] and owners["libiomp5"]:
            yield _finding(
                environment,
                owners,
                ("libomp", "libiomp5"),
                Severity.WARNING,
                "a process that loads both can crash or never end, on Linux",
            )
        elif owners["libgomp"] and owners["libiomp5"]:
            yield _finding(
                environment,
                owners,
                ("libgomp", "libiomp5"),
                Severity.NOTE,
                "they go together, but each has threads of its own",
            )


def _owners(environment: PythonEnvironment, name: str) -> tuple[str, ...]:
    return tuple(sorted({owner_of(one) for one in environment.libraries if one.name == name}))


def _finding(
    environment: PythonEnvironment,
    owners: dict[str, tuple[str, ...]],
    names: tuple[str, str],
    severity: Severity,
    what: str,
) -> Finding:
    first, second = names
    return Finding(
        rule=RULE.id,
        severity=severity,
        layer=Layer.SYSTEM,
        subject=owners[first][0],
        at=environment.at,
        message=f"{_NAMES[first]} OpenMP and {_NAMES[second]} are both here: {what}",
        evidence=tuple(f"{name} is brought by {', '.join(owners[name])}" for name in names),
        remedy=_REMEDIES[severity],
        sources=(_SOURCE,),
    )


RULE = Rule(
    id="openmp-runtimes",
    summary="Packages bring OpenMP runtimes of different makers, which meet in one process.",
    layer=Layer.SYSTEM,
    severity=Severity.WARNING,
    examine=examine,
)
