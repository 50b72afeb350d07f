"""An environment examined by every rule: what was found, the gravest first."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from samestack.check.finding import Finding, Severity
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Layer, Origin


class FailOn(StrEnum):
    """What a check fails on: a finding as grave as this or graver."""

    ERROR = "error"
    WARNING = "warning"
    UNKNOWN = "unknown"
    NOTE = "note"
    NEVER = "never"

    def is_met_by(self, severity: Severity) -> bool:
        """Whether a finding of that severity makes the check fail."""
        return self is not FailOn.NEVER and severity.rank <= Severity(self.value).rank


class Suppressed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A finding that the project's settings say to leave alone."""

    finding: Finding
    reason: str
    """Why, in the words of whoever suppressed it."""
    until: str
    """The last day on which it is left alone, ISO 8601."""


class Imports(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ``--imports`` did."""

    packages: int
    modules: int
    """How many modules were imported or failed to be."""
    is_offline: bool
    """Whether the network was out of their reach."""


class Report(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The findings about one environment on one host."""

    origin: Origin
    digest: str
    """Of the stack that was examined."""
    host: Origin
    """What it is to run on; its own origin where it was read where it runs."""
    packages: int
    """How many packages it has."""
    scope: str = ""
    """What was examined, where that is no stack of packages: ``12 variables from 5 sources``."""
    rules: tuple[str, ...]
    """The ids of the rules that were asked."""
    findings: tuple[Finding, ...] = ()
    """The gravest first, then in the order of the rules."""
    suppressed: tuple[Suppressed, ...] = ()
    imports: Imports | None = None
    """What was imported, where that was asked for."""
    settings: str = ""
    """The file with the project's settings, where there is one."""
    fail_on: FailOn = FailOn.ERROR

    @property
    def has_passed(self) -> bool:
        """Whether no finding is as grave as what the check fails on."""
        return not any(self.fail_on.is_met_by(finding.severity) for finding in self.findings)


def examined(subject: Subject, rules: Iterable[Rule]) -> Report:
    """Ask every rule."""
    asked = tuple(rules)
    return Report(
        origin=subject.snapshot.origin,
        digest=subject.snapshot.stack.digest,
        host=subject.host.origin,
        packages=len(subject.snapshot.stack.layer(Layer.PACKAGES)),
        rules=tuple(rule.id for rule in asked),
        findings=gravest_first(finding for rule in asked for finding in rule.examine(subject)),
    )


def gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings by severity; those of one severity stay in their order."""
    return tuple(sorted(findings, key=lambda finding: finding.severity.rank))
