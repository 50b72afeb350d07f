"""What parity has to say: how each environment stands, what is wrong, and what was allowed."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from samestack.check.finding import Finding, Severity


class Verdict(StrEnum):
    """Whether the law holds; the gravest first."""

    FAILS = "fails"
    UNKNOWN = "unknown"
    """It could not be asked, so that nothing is known: never equal."""
    HOLDS = "holds"


class State(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One environment as it was found."""

    environment: str
    """Its name in the settings."""
    reference: str
    """As the settings say it, credentials removed."""
    standing: Verdict
    profile: str = ""
    after: str = ""
    digest: str = ""
    """``sha256:``, the stack digest on packages; empty where it could not be captured."""
    locked_digest: str = ""
    """What the lock says that it is to be, where the lock says one for its platform."""
    image_digest: str = ""
    """``sha256:`` of the image's manifest, where it is one."""
    captured_at: str = ""
    """UTC, ISO 8601, whole seconds; empty where it could not be captured."""
    packages: int = 0
    """How many packages it has."""
    variables: int = 0
    """How many variables its profile has."""
    message: str = ""
    """Why nothing is known of it, or what is the gravest that was found."""


class Setting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A variable of the configuration that is not the same in all environments, as it may be."""

    name: str
    is_secret: bool
    values: Mapping[str, str]
    """By environment, as it may be shown; all eight asterisks for a secret, whatever its length."""


class Allowed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A finding that the project's settings allow."""

    finding: Finding
    environments: tuple[str, ...]
    reason: str
    """Why, in the words of whoever allowed it."""
    until: str
    """The last day on which it is, ISO 8601."""


class ParityReport(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """All environments of a project, held against its lock, their hosts, their schema and each other."""

    project: str
    """Its name."""
    checked_at: str
    """UTC, ISO 8601, whole seconds."""
    lock: str = ""
    """The name of the lock's file; empty where there is none."""
    states: tuple[State, ...] = ()
    """In the order of promotion."""
    findings: tuple[Finding, ...] = ()
    """The gravest first; ``at`` names the environment, where it is about one alone."""
    allowed: tuple[Allowed, ...] = ()
    settings: tuple[Setting, ...] = ()
    """What of the configuration differs, by name: that is what may."""
    replays: tuple[str, ...] = ()
    """Each recording that was replayed, and where: ``answers.recording in staging``."""

    @property
    def standing(self) -> Verdict:
        """Whether the law holds for all; it does not where one environment is unknown."""
        if any(one.severity in {Severity.ERROR, Severity.WARNING} for one in self.findings):
            return Verdict.FAILS
        is_unknown = any(one.severity is Severity.UNKNOWN for one in self.findings)
        is_unknown = is_unknown or any(one.standing is not Verdict.HOLDS for one in self.states)
        return Verdict.UNKNOWN if is_unknown else Verdict.HOLDS

    @property
    def has_passed(self) -> bool:
        """Whether the law holds."""
        return self.standing is Verdict.HOLDS

    def state(self, environment: str) -> State | None:
        """How an environment stands; ``None`` for one that was not asked."""
        return next((one for one in self.states if one.environment == environment), None)
