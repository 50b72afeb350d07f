"""What a bisection came to."""

from collections.abc import Mapping

from msgspec import Struct, field

from samestack.behaviour.bisecting.baseline import Baseline
from samestack.behaviour.bisecting.factors import TriedFactor
from samestack.behaviour.bisecting.lattice.verdict import Verdict
from samestack.behaviour.bisecting.proving import Proof
from samestack.behaviour.bisecting.within import Within
from samestack.model.change import Change
from samestack.project.manifest import Constraint


class Costs(Struct, frozen=True, kw_only=True):
    """What it took."""

    runs: int = 0
    """All of them: both sides, factors, search, releases and proofs."""
    remembered: int = 0
    """Those that the journal knew."""
    seconds: float = 0.0
    """Wall-clock time."""


class Bisection(Struct, frozen=True, kw_only=True):
    """The whole of it, for whoever wants to see why."""

    good: str
    bad: str
    """The two environments as they were named."""
    python: str
    """The release of the interpreter of the trials; that of the good side where it is one of the changes."""
    program: str
    """What was run, as a person would type it."""
    changes: Mapping[str, Change] = field(default_factory=dict)
    baseline: Baseline
    factors: tuple[TriedFactor, ...] = ()
    verdict: Verdict | None = None
    """``None`` where there is nothing to look for: the baseline says why."""
    within: tuple[Within, ...] = ()
    proofs: tuple[Proof, ...] = ()
    pins: tuple[Constraint, ...] = ()
    notes: tuple[str, ...] = ()
    costs: Costs = Costs()

    @property
    def is_proven(self) -> bool:
        """Whether culprits were found, and every way to prove that was gone and held."""
        verdict = self.verdict
        is_found = verdict is not None and bool(verdict.culprits) and verdict.is_proven
        return is_found and bool(self.proofs) and all(one.holds for one in self.proofs)
