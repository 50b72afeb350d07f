"""Rule ``overlapping-files``: two packages that have overwritten each other's files."""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from samestack.check.commands import is_harmless
from samestack.check.finding import Finding, Severity
from samestack.check.remarked import Meaning, finding_of
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.check.unread import not_deep
from samestack.model import Layer

_CODE: Final = "overlapping-files"
_MEANING: Final = Meaning(
    severity=Severity.WARNING,
    consequence="what is imported depends on their order, and removing one breaks the other",
    remedy="uninstall both, then install the one that is wanted",
)


def examine(subject: Subject) -> Iterator[Finding]:
    """Tell of remarks ``overlapping-files``, which name both packages."""
    yield from not_deep(RULE.id, subject, "which packages own the same files")
    for remark in subject.remarks(_CODE):
        names = remark.subject.split(", ")
        first = replace(remark, subject=names[0])
        found = finding_of(RULE.id, subject, first, _MEANING)
        message = f"{remark.message}; {_MEANING.consequence}"
        command = f"pip uninstall --yes {' '.join(names)}" if all(map(is_harmless, names)) else ""
        yield replace(found, message=message, command=command)


RULE = Rule(
    id="overlapping-files",
    summary="Two packages own the same files: the one that was installed last has overwritten the other's.",
    layer=Layer.PACKAGES,
    severity=Severity.WARNING,
    examine=examine,
)
