"""A verification for programs, as it stands in the document of a lock."""

from msgspec import Struct

from samestack.check.finding import Finding
from samestack.project.manifest import Constraint
from samestack.verify.verification import Trial, Verification


class VerificationDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A lock that was built and imported, and what it took until it held."""

    is_whole: bool
    """Whether all works that a lock can decide about."""
    platform: str
    """Where it was built: ``linux-64``."""
    python: str
    """The release of the interpreter."""
    builds: int
    """How many environments were built, or made into another."""
    constraints: tuple[Constraint, ...]
    """What the manifest needs for it beyond what it says, each with its reason."""
    trials: tuple[Trial, ...]
    """Each build, in order."""
    findings: tuple[Finding, ...]
    """The errors that are left."""
    notes: tuple[str, ...]
    """Sentences: what could not be decided, whether the search ended early."""


def verification_document(verification: Verification) -> VerificationDocument:
    """What of a verification is written."""
    return VerificationDocument(
        is_whole=verification.is_whole,
        platform=verification.platform,
        python=verification.python,
        builds=len(verification.trials),
        constraints=verification.constraints,
        trials=verification.trials,
        findings=verification.findings,
        notes=verification.notes,
    )
