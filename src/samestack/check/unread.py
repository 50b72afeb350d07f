"""What a rule says of a snapshot that was not read deeply enough for its question."""

from collections.abc import Iterator

from samestack.check.finding import Finding, Severity
from samestack.check.subject import Subject
from samestack.model import Layer, Standing


def not_deep(rule: str, subject: Subject, what: str) -> Iterator[Finding]:
    """One ``unknown`` where an environment that exists was not read as a whole: ``what`` is then not known.

    Of what is only wanted or decided nothing is installed, so such questions do not arise.
    """
    origin = subject.snapshot.origin
    packages = len(subject.snapshot.stack.layer(Layer.PACKAGES))
    if origin.deep or origin.standing is not Standing.OBSERVED or not packages:
        return
    yield Finding(
        rule=rule,
        severity=Severity.UNKNOWN,
        layer=Layer.PACKAGES,
        subject="packages",
        message=f"{what} is not known: the snapshot does not tell it",
        evidence=(f"{origin.reference} ({origin.kind}) tells the names and versions of {packages} packages",),
        remedy="examine the environment itself, or a snapshot of it that was made with --deep",
    )
