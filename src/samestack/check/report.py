"""An environment examined by every rule: what was found, the gravest first."""

from collections.abc import Iterable

from msgspec import Struct

from samestack.check.finding import Finding
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Origin


class Report(Struct, frozen=True, kw_only=True):
    """The findings about one environment on one host."""

    origin: Origin
    digest: str
    """Of the stack that was examined."""
    host: Origin
    rules: tuple[str, ...]
    """The ids of the rules that were asked."""
    findings: tuple[Finding, ...]
    """The gravest first, then in the order of the rules."""


def examined(subject: Subject, rules: Iterable[Rule]) -> Report:
    """Ask every rule."""
    asked = tuple(rules)
    found = (finding for rule in asked for finding in rule.examine(subject))
    return Report(
        origin=subject.snapshot.origin,
        digest=subject.snapshot.stack.digest,
        host=subject.host.origin,
        rules=tuple(rule.id for rule in asked),
        findings=tuple(sorted(found, key=lambda finding: finding.severity.rank)),
    )
