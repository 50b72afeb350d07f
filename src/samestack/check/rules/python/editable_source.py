"""Rule ``editable-source``: packages that are links to sources which are gone, or not what was installed."""

from collections.abc import Iterator
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.check.remarked import Meaning, findings_of
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.check.unread import not_deep
from samestack.model import Layer

_GONE: Final = Meaning(
    severity=Severity.ERROR,
    consequence="importing it fails",
    remedy="bring the directory back, or install {name} anew from where it is now",
)
_MEANINGS: Final = {
    "source-gone": _GONE,
    "egg-link": _GONE,
    "source-changed": Meaning(
        severity=Severity.NOTE,
        consequence="no version or commit names what runs here, so nobody else can install the same",
        remedy="commit the changes and install {name} at that commit wherever the same is wanted",
    ),
}


def examine(subject: Subject) -> Iterator[Finding]:
    """Tell of remarks ``source-gone``, ``source-changed`` and ``egg-link``."""
    if any("editable" in one.circumstances for one in subject.snapshot.stack.layer(Layer.PACKAGES)):
        yield from not_deep(RULE.id, subject, "whether the sources of editable packages are as installed")
    yield from findings_of(RULE.id, subject, _MEANINGS)


RULE = Rule(
    id="editable-source",
    summary="The source that an editable package links to is gone, or has changed without a commit.",
    layer=Layer.PACKAGES,
    severity=Severity.ERROR,
    examine=examine,
)
