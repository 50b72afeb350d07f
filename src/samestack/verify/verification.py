"""What a verification came to: the lock that holds, what it took to find it, and what is still wrong."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from samestack.check.finding import Finding
from samestack.lock.decision import Decision
from samestack.project.manifest import Constraint


class Verdict(StrEnum):
    """What one build came to."""

    GOOD = "good"
    """Everything in it works, but for what works in none of the builds."""
    BAD = "bad"
    UNRESOLVED = "unresolved"
    """It could not be built, which says nothing of what is in it."""


class Trial(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One lock that was decided, built and imported."""

    number: int
    """From 1, in the order in which they were made."""
    verdict: Verdict
    why: str
    """What it was made for: ``as of 2022-02-04``, ``with protobuf<4.21``."""
    constraints: tuple[str, ...] = ()
    """Those beyond the manifest's."""
    as_of: date | None = None
    """The day that it was decided as of, where it is another than that of the lock."""
    packages: int
    """How many it has."""
    changed: int = 0
    """How many of them are other releases than in the first trial, or were not in it."""
    failing: tuple[str, ...] = ()
    """The packages that do not work, by name."""
    trouble: str = ""
    """Why it could not be built, in a line."""


class Verification(Struct, frozen=True, kw_only=True):
    """A lock that was built, imported and, where that was needed and possible, mended."""

    decision: Decision
    """The lock with the constraints; nothing is written."""
    is_whole: bool
    """Whether all works that a lock can decide about."""
    constraints: tuple[Constraint, ...] = ()
    """What has to be added to the manifest for it, each with its reason."""
    trials: tuple[Trial, ...] = ()
    findings: tuple[Finding, ...] = ()
    """The errors that are left."""
    notes: tuple[str, ...] = ()
    """What else is to be known, in a sentence each."""
    platform: str = ""
    """Where it was built: ``linux-64``."""
    python: str = ""
    """The release of the interpreter that it was imported with."""

    @property
    def place(self) -> str:
        """Where it holds, as a lock says it of itself; empty where it does not hold."""
        return f"{self.platform}, Python {self.python}" if self.is_whole else ""
