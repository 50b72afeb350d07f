"""Rule ``interpreter-gone``: virtual environments that have lost their Python, or have another one now."""

from collections.abc import Iterator
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.check.remarked import Meaning, findings_of
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.model import Layer

_ANEW = "make the environment anew with a Python that is there, and install its packages again"
_SOURCE = "https://docs.python.org/3/library/venv.html#how-venvs-work"
_MEANINGS: Final = {
    "interpreter-gone": Meaning(
        severity=Severity.ERROR, consequence="nothing in it starts", remedy=_ANEW, source=_SOURCE
    ),
    "packages-unseen": Meaning(
        severity=Severity.ERROR, consequence="importing any of them fails", remedy=_ANEW, source=_SOURCE
    ),
    "malformed-pyvenv-cfg": Meaning(
        severity=Severity.WARNING,
        consequence="its Python may not find its packages, or find others",
        remedy=_ANEW,
        source=_SOURCE,
    ),
    "interpreter-changed": Meaning(
        severity=Severity.NOTE,
        consequence="within a series that is harmless, but it is not the environment that was tested",
        remedy="make the environment anew if something was compiled for the old one",
        source=_SOURCE,
    ),
}


def examine(subject: Subject) -> Iterator[Finding]:
    """Tell of what a capture remarks on a virtual environment and the Python that it was made with."""
    return findings_of(RULE.id, subject, _MEANINGS)


RULE = Rule(
    id="interpreter-gone",
    summary="A virtual environment has lost the Python that it was made with, or has another one now.",
    layer=Layer.PYTHON,
    severity=Severity.ERROR,
    examine=examine,
)
