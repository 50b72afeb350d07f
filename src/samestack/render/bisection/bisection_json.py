"""A bisection as JSON for programs, schema ``samestack/bisection/1``."""

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from msgspec import Struct

from samestack.behaviour.bisecting.bisection import Bisection
from samestack.behaviour.bisecting.laboratory import Tried
from samestack.behaviour.bisecting.lattice.trial import Answer, Step
from samestack.behaviour.bisecting.lattice.verdict import Culprit
from samestack.behaviour.bisecting.trials.predicates import ended
from samestack.behaviour.bisecting.within import Within
from samestack.codec import encode
from samestack.project.manifest import Constraint

BISECTION_SCHEMA: Final = "samestack/bisection/1"
"""The schema that is written."""


class ChangedPackage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One change between the two environments."""

    name: str
    """Of the package; ``Python`` for the interpreter."""
    before: str
    """The release in the good environment; empty where it is not there."""
    after: str


class Run(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One run of one side."""

    answer: Answer
    ended: str
    """How it ended, in words."""
    seconds: float
    """Wall-clock time of the program."""


class FactorTrial(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The bad environment with one property of the machine taken out."""

    name: str
    variables: Mapping[str, str]
    answer: Answer


class ProofTrial(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A hybrid that was made as a real environment to prove the verdict."""

    upgraded: tuple[str, ...]
    said: str
    """What it is, in words."""
    expected: Answer
    answer: Answer
    runs: int


class BisectionDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which changes between two environments make a program answer differently."""

    schema: Literal["samestack/bisection/1"]
    good: str
    bad: str
    """The two environments, as they were named."""
    python: str
    program: str
    is_proven: bool
    """Whether the culprits were confirmed both ways."""
    trouble: str
    """Why there was nothing to look for; empty where there was."""
    culprits: tuple[Culprit, ...]
    within: tuple[Within, ...]
    """Inside each pivot, the step between two releases at which it turns."""
    pins: tuple[Constraint, ...]
    """What mends it."""
    proofs: tuple[ProofTrial, ...]
    factors: tuple[FactorTrial, ...]
    changes: tuple[ChangedPackage, ...]
    good_runs: tuple[Run, ...]
    bad_runs: tuple[Run, ...]
    steps: tuple[Step, ...]
    """The hybrids of the search, in the order in which their answers counted."""
    learned: Mapping[str, tuple[str, ...]]
    """By change, what it turned out to need though nothing declares it."""
    confidence: float
    """The least probability that no run on which the verdict rests misled; 0 without a verdict."""
    search_runs: int
    runs: int
    remembered: int
    """Runs that were known from an earlier bisection of the same."""
    seconds: float
    notes: tuple[str, ...]


def encode_bisection(bisection: Bisection) -> bytes:
    """The bisection as indented JSON, ending with a line break."""
    return encode(bisection_document(bisection))


def bisection_document(bisection: Bisection) -> BisectionDocument:
    """What of a bisection is written."""
    verdict, costs = bisection.verdict, bisection.costs
    return BisectionDocument(
        schema=BISECTION_SCHEMA,
        good=bisection.good,
        bad=bisection.bad,
        python=bisection.python,
        program=bisection.program,
        is_proven=bisection.is_proven,
        trouble=bisection.baseline.trouble,
        culprits=verdict.culprits if verdict else (),
        within=bisection.within,
        pins=bisection.pins,
        proofs=tuple(_proofs(bisection)),
        factors=tuple(_factors(bisection)),
        changes=tuple(_changes(bisection)),
        good_runs=tuple(map(_run, bisection.baseline.good)),
        bad_runs=tuple(map(_run, bisection.baseline.bad)),
        steps=verdict.steps if verdict else (),
        learned={name: tuple(sorted(needs)) for name, needs in verdict.learned.items()} if verdict else {},
        confidence=verdict.confidence if verdict else 0.0,
        search_runs=verdict.trials if verdict else 0,
        runs=costs.runs,
        remembered=costs.remembered,
        seconds=round(costs.seconds, 3),
        notes=(*bisection.notes, *(verdict.notes if verdict else ())),
    )


def _changes(bisection: Bisection) -> Iterator[ChangedPackage]:
    for name, change in bisection.changes.items():
        before, after = (
            "" if one is None else one.version or one.source or "" for one in (change.before, change.after)
        )
        yield ChangedPackage(name=name, before=before, after=after)


def _run(tried: Tried) -> Run:
    return Run(answer=tried.told.answer, ended=ended(tried.outcome), seconds=round(tried.outcome.seconds, 3))


def _factors(bisection: Bisection) -> Iterator[FactorTrial]:
    for one in bisection.factors:
        yield FactorTrial(name=one.factor.name, variables=one.factor.variables, answer=one.answer)


def _proofs(bisection: Bisection) -> Iterator[ProofTrial]:
    for one in bisection.proofs:
        yield ProofTrial(
            upgraded=tuple(sorted(one.claim.upgraded)),
            said=one.claim.said,
            expected=one.claim.expected,
            answer=one.answer,
            runs=one.runs,
        )
