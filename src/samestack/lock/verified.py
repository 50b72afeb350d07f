"""A decision that a verification proved, as it stands beside the manifest with the constraints in it."""

from msgspec import structs

from samestack.lock.decision import Decision
from samestack.lock.inputs import input_digest
from samestack.lock.table_text import with_table


def as_verified(decision: Decision, place: str) -> Decision:
    """The decision, saying where it was built and imported, with the digests of its inputs as they are now.

    The constraints that it was decided under have just been written into one of them; the releases are those
    that were proved, not decided once more.
    """
    directory = decision.path.absolute().parent
    inputs = {name: input_digest(directory / name) for name in decision.table.inputs}
    return with_table(decision, structs.replace(decision.table, inputs=inputs, verified=place))
