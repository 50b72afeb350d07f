"""A lock as JSON for programs, schema ``samestack/lock/1``."""

from typing import Final, Literal

from msgspec import Struct

from samestack.codec import encode
from samestack.lock.lock_table import LockTable
from samestack.lock.outcome import Outcome, State
from samestack.model.change import Change
from samestack.render.verification.verification_json import VerificationDocument, verification_document
from samestack.verify.verification import Verification

LOCK_SCHEMA: Final = "samestack/lock/1"
"""The schema that is written."""


class LockDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was decided, how it differs from the lock before, and what a host must offer."""

    schema: Literal["samestack/lock/1"]
    path: str
    state: State
    is_written: bool
    """Whether it stands in the file: not after a dry run, nor where a verification failed."""
    lock: LockTable
    """What samestack keeps in the lock of its own."""
    packages: int
    """How many packages it has; 0 where that was not looked at."""
    changes: tuple[Change, ...] = ()
    """By release, against the lock that was there before."""
    reasons: tuple[str, ...] = ()
    """Why it is not current, where it was only checked."""
    notes: tuple[str, ...] = ()
    """Sentences: which Python was taken, what has to be built from source."""
    verification: VerificationDocument | None = None
    """What came of building and importing it, where that was asked for."""


def encode_lock(outcome: Outcome, verification: Verification | None = None) -> bytes:
    """The outcome as indented JSON, ending with a line break."""
    document = LockDocument(
        schema=LOCK_SCHEMA,
        path=str(outcome.path),
        state=outcome.state,
        is_written=outcome.is_written,
        lock=outcome.table,
        packages=outcome.packages,
        changes=outcome.changes,
        reasons=outcome.reasons,
        notes=outcome.notes,
        verification=None if verification is None else verification_document(verification),
    )
    return encode(document)
