"""Two explanations as one: of conda's wishes and of the index's, which are solved apart."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from samestack.solve.explanation import Explanation, Relaxation
from samestack.solve.problem import Problem

_MOST: Final = 5


def combined(first: Explanation, second: Explanation) -> Explanation:
    """What the two say together; a way out of both is one of each, the best combinations first."""
    parts = (first, second)
    return Explanation(
        problem=Problem(wishes=(*first.problem.wishes, *second.problem.wishes), target=second.problem.target),
        is_met=all(part.is_met for part in parts),
        solution=(*first.solution, *second.solution) if all(part.is_met for part in parts) else (),
        conflicts=tuple(conflict for part in parts for conflict in part.conflicts),
        relaxations=tuple(_relaxations(parts)),
        is_complete=all(part.is_complete for part in parts),
        as_of=second.as_of or first.as_of,
        as_of_reason=second.as_of_reason or first.as_of_reason,
        solves=sum(part.solves for part in parts),
    )


def _relaxations(parts: Sequence[Explanation]) -> Iterator[Relaxation]:
    if all(part.is_met for part in parts):
        return
    pairs = (_both(*pair) for pair in product(*map(_ways, parts)))
    yield from sorted(pairs, key=lambda one: (len(one.edits), one.distance))[:_MOST]


def _ways(part: Explanation) -> tuple[Relaxation, ...]:
    """The ways out of one part; where it has no conflict, the one of changing nothing."""
    return (Relaxation(edits=(), distance=0.0, solution=part.solution),) if part.is_met else part.relaxations


def _both(one: Relaxation, other: Relaxation) -> Relaxation:
    return Relaxation(
        edits=(*one.edits, *other.edits),
        distance=one.distance + other.distance,
        solution=(*one.solution, *other.solution),
    )
