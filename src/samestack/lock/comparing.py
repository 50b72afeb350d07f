"""A decision held against the lock that it is to replace."""

from samestack.compare.changes import compare
from samestack.lock.decision import Decision
from samestack.lock.outcome import Outcome, State
from samestack.lock.releases_in import releases_in
from samestack.model import Layer
from samestack.model.change import Change


def outcome_of(decision: Decision, *, is_written: bool) -> Outcome:
    """Hold a decision against the lock that stands where it is to be written; it is not written here."""
    new = releases_in(decision.path, decision.data)
    state, changes = State.NEW, tuple[Change, ...]()
    if decision.path.is_file():
        changes = compare(releases_in(decision.path, decision.path.read_bytes()), new)
        state = State.CHANGED if changes else State.UNCHANGED
    return Outcome(
        path=decision.path,
        state=state,
        table=decision.table,
        packages=len({(one.ecosystem, one.name) for one in new.layer(Layer.PACKAGES)}),
        changes=changes,
        notes=decision.notes,
        is_written=is_written,
    )
