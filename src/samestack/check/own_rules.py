"""What a check finds without asking a rule of the catalogue: stale suppressions, and imports that fail."""

from collections.abc import Iterator
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Layer


def _nothing(subject: Subject) -> Iterator[Finding]:  # noqa: ARG001 - a snapshot cannot tell either
    return iter(())


SUPPRESSION: Final = Rule(
    id="suppression",
    summary="A suppression has expired, or there is nothing that it suppresses.",
    layer=Layer.CONFIGURATION,
    severity=Severity.WARNING,
    examine=_nothing,
)
"""Found by :mod:`samestack.check.suppressions`, which has seen what the other rules found."""

IMPORT_FAILURE: Final = Rule(
    id="import-failure",
    summary="A module cannot be imported, and no other rule foresaw it.",
    layer=Layer.PACKAGES,
    severity=Severity.ERROR,
    examine=_nothing,
)
"""Found by :mod:`samestack.check.imports`, which runs what the other rules only read."""

OWN_RULES: Final = (IMPORT_FAILURE, SUPPRESSION)
