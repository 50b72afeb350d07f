"""Rule ``altered-files``: files that are not as they were installed."""

from collections.abc import Iterator
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.check.remarked import Meaning, findings_of
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Layer

_MEANINGS: Final = {
    "altered-files": Meaning(
        severity=Severity.WARNING,
        consequence="it is not what its version says, and an installation elsewhere may behave otherwise",
        remedy="install {name} anew; keep a change that is wanted as a version of its own",
        command="pip install --force-reinstall --no-deps {name}",
    )
}


def examine(subject: Subject) -> Iterator[Finding]:
    """Tell of remarks ``altered-files``, which a capture makes that holds every file against its hash."""
    return findings_of(RULE.id, subject, _MEANINGS)


RULE = Rule(
    id="altered-files",
    summary="Files of a package were changed or removed after it was installed.",
    layer=Layer.PACKAGES,
    severity=Severity.WARNING,
    examine=examine,
)
