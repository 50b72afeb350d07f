"""How far a search goes, and how sure it has to be."""

from msgspec import Struct

from samestack.behaviour.bisecting.lattice.flakes import Flakes


class Limits(Struct, frozen=True, kw_only=True):
    """How far a search goes, and how sure it has to be."""

    confidence: float = 0.99
    """The least probability with which a verdict that is called proved is right, below 1."""
    flakes: Flakes = Flakes()
    """How often a run may mislead."""
    trials: int = 1000
    """The most runs in all."""
    runs: int = 60
    """The most runs of one hybrid: one that wavers for longer counts as unresolved."""
    redraws: int = 8
    """How often another way is tried where hybrids in the middle of one give no answer."""
    proofs: int = 16
    """The most hybrids, beside one for each pivot, that are run to prove that no part of a culprit is bad."""
    culprits: int = 8
    """The most independent culprits."""

    def __post_init__(self) -> None:
        if not 0 < self.confidence < 1:
            raise ValueError(f"a confidence is between 0 and 1, not {self.confidence}")
