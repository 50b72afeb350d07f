"""Rule ``broken-metadata``: packages whose description is missing or damaged."""

from collections.abc import Iterator
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.check.remarked import Meaning, findings_of
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Layer

_ANEW = "install {name} anew"
_COMMAND = "pip install --force-reinstall --no-deps {name}"
_SOURCE = "https://packaging.python.org/en/latest/specifications/recording-installed-packages/"


def _meaning(
    consequence: str, severity: Severity = Severity.NOTE, remedy: str = _ANEW, command: str = _COMMAND
) -> Meaning:
    return Meaning(severity=severity, consequence=consequence, remedy=remedy, command=command, source=_SOURCE)


_UNREMOVABLE = "pip cannot uninstall it, and nobody can verify its files"
_WITHOUT_NAME = "programs that ask for its version fail, and so can those that list all packages"
_MEANINGS: Final = {
    "missing-metadata": _meaning(_WITHOUT_NAME, Severity.WARNING),
    "malformed-metadata": _meaning(_WITHOUT_NAME, Severity.WARNING),
    "directory-differs": _meaning("tools disagree on what is installed"),
    "invalid-distribution-name": _meaning(
        "installers pass over it", remedy="delete it, and install anew what it belonged to", command=""
    ),
    "missing-record": _meaning(_UNREMOVABLE),
    "malformed-record": _meaning(_UNREMOVABLE, command=""),
    "malformed-wheel": _meaning(
        "what it was built for is not known, and pip check may call it unsupported",
        remedy="leave it as it is: many packages are published so",
        command="",
    ),
    "malformed-installer": _meaning("who installed it is not known"),
    "malformed-direct-url": _meaning("where it came from is not known"),
    "zipped-egg": _meaning("it is imported only where a path file names it"),
    "unreadable": _meaning(
        "what it says is not known",
        Severity.UNKNOWN,
        remedy="examine the environment as a user who may read it",
        command="",
    ),
}
"""What Debian and conda leave out on purpose, as RECORD, capture does not remark on."""


def examine(subject: Subject) -> Iterator[Finding]:
    """Tell of every remark on a metadata directory that is not as the specification demands."""
    return findings_of(RULE.id, subject, _MEANINGS)


RULE = Rule(
    id="broken-metadata",
    summary="The metadata of an installed package is missing or damaged.",
    layer=Layer.PACKAGES,
    severity=Severity.WARNING,
    examine=examine,
)
