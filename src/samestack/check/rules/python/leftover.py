"""Rule ``leftover``: what an uninstallation that did not finish has left behind."""

from collections.abc import Iterator
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.check.remarked import Meaning, findings_of
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Layer

_MEANINGS: Final = {
    "leftover": Meaning(
        severity=Severity.NOTE,
        consequence="pip warns of it at every call, and it takes up space",
        remedy="delete it, and install the package anew if something misses it",
    )
}


def examine(subject: Subject) -> Iterator[Finding]:
    """Tell of remarks ``leftover``: pip renames what it is about to remove, and was stopped before it did."""
    return findings_of(RULE.id, subject, _MEANINGS)


RULE = Rule(
    id="leftover",
    summary="An uninstallation that did not finish left files behind.",
    layer=Layer.PACKAGES,
    severity=Severity.NOTE,
    examine=examine,
)
