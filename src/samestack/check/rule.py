"""What a rule is: a question with a name, and a pure function that answers it."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from samestack.check.finding import Finding, Severity
from samestack.check.subject import Subject
from samestack.model import Layer


class Rule(Struct, frozen=True, kw_only=True):
    """A question that is asked of every environment; its page is ``docs/rules/ID.md``."""

    id: str
    """Stable: ``numpy-abi``. Suppressions, reports and the page name it."""
    summary: str
    """What is found, in a sentence that a code review shows beside each finding."""
    layer: Layer
    """Where what it finds is, mostly."""
    severity: Severity
    """The gravest that it finds."""
    examine: Callable[[Subject], Iterator[Finding]]
    """Every finding; nothing where all is well or where the question does not arise.

    Where the question arises and cannot be answered, a finding of severity ``unknown`` says what is missing.
    """
