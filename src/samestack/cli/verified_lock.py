"""``samestack lock --verify``: the lock that holds, with the constraints that it takes in the manifest."""

from samestack.cli.deferred_reporter import DeferredReporter
from samestack.cli.output import deliver
from samestack.lock.decision import Decision, LockOptions
from samestack.lock.verified import as_verified
from samestack.project.manifest import Project
from samestack.project.mending import add_constraints
from samestack.render.explanation.file_changes import print_changes
from samestack.render.verification.verification_text import print_verification
from samestack.solve.edits import apply
from samestack.verify.entry import verify
from samestack.verify.verification import Verification


def verified(project: Project, options: LockOptions) -> Verification:
    """Build, import and mend what would be locked; nothing is written."""
    return verify(project, options, DeferredReporter())


def mended(project: Project, verification: Verification, *, is_dry: bool, is_told: bool) -> Decision | None:
    """The lock that was proved, its constraints written into the project's files; ``None`` where none holds.

    ``is_told`` says whether people are to see what was tried and what changes; a dry run changes nothing.
    """
    if is_told:
        deliver(lambda console: print_verification(verification, console), None)
    if not verification.is_whole:
        return None
    changes = add_constraints(project, verification.constraints) if verification.constraints else ()
    if is_told:
        deliver(lambda console: print_changes(changes, console), None)
    if is_dry:
        return verification.decision
    apply(changes)
    return as_verified(verification.decision, verification.place)
