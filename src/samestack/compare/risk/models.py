"""Models: another revision or content answers otherwise."""

from collections.abc import Iterator

from samestack.compare.difference import Reason
from samestack.compare.risk.presence import both_sides, came_or_went
from samestack.compare.risk.reasons import known_cause, unknown
from samestack.model.change import Change


def model_reasons(change: Change) -> Iterator[Reason]:
    """Why a change of a model bears a risk."""
    pair = both_sides(change)
    if pair is None:
        yield came_or_went(change, "a program that loads it fails, or loads another revision.")
    elif (pair[0].version, pair[0].content, pair[0].source) == (
        pair[1].version,
        pair[1].content,
        pair[1].source,
    ):
        yield unknown("The same revision of the model, stated otherwise.")
    else:
        yield known_cause("model-revision")
