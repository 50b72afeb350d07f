"""From a bad hybrid to the changes that were needed last for it: bad by themselves, and hardly more.

Along a way from what is needed so far to what is bad, the change with which it becomes bad is needed by every
bad part of what came up to there. It joins what is needed, with what it needs itself, and the way begins anew
until that alone is bad. Where nothing crashes, that is log2(n) + 1 hybrids for each.
"""

from collections.abc import Callable, Sequence
from math import ceil, log2
from typing import Final

from msgspec import Struct

from samestack.behaviour.bisecting.lattice.chain import cut, parts_near_an_end, random_chain
from samestack.behaviour.bisecting.lattice.notebook import Notebook
from samestack.behaviour.bisecting.lattice.order import NOTHING, Members
from samestack.behaviour.bisecting.lattice.rounds import Course, Question, Round
from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.lattice.wording import any_of, listed

ERROR: Final = 0.05
"""The doubt that may be left on the way: a wrong turn costs a few runs, and the sweep notices it."""

_END_ERROR: Final = 0.005
"""The doubt that may be left that the end of a way is bad, before the next way leads there."""

_DRAWS: Final = 12

Ahead = Callable[[Members], Sequence[Question]]


class Between(Struct, frozen=True):
    """A way that is looked at: not bad at its beginning, bad at its end."""

    lower: Members
    upper: Members

    @property
    def left(self) -> Members:
        """What is upgraded on it."""
        return self.upper - self.lower


def needed_for(notebook: Notebook, bad: Members, ahead: Ahead) -> Course[Members]:
    """A part of something bad that is bad by itself; ``ahead`` says what will be asked if a part is."""
    order = notebook.order
    needed = NOTHING
    while True:
        between = yield from _narrowed(notebook, Between(needed, bad))
        yield Round(questions=(_end(notebook, between.upper),), error=_END_ERROR, left=3)
        if between.upper != bad and notebook.answer(between.upper, _END_ERROR) is not Answer.BAD:
            continue
        bad = between.upper
        needed = order.closure(needed | between.left)
        if needed == bad:
            return needed
        alone = _alone(notebook, needed, between.left)
        yield Round(questions=(alone,), error=ERROR, ahead=tuple(ahead(needed)), left=2)
        if notebook.answer(needed, ERROR) is Answer.BAD:
            return needed


def _end(notebook: Notebook, bad: Members) -> Question:
    names = listed(notebook.order.names(bad))
    return Question(
        members=bad,
        why=f"{names}: bad for sure?",
        if_good=f"{names}: taken for bad by mistake",
        if_bad="it is",
    )


def _alone(notebook: Notebook, needed: Members, last: Members) -> Question:
    names = notebook.order.names
    return Question(
        members=needed,
        why=f"{listed(names(last))}: needed; bad with {listed(names(needed))} alone?",
        if_good="more is needed for it to be bad",
        if_bad="nothing else is needed for it to be bad",
    )


def _narrowed(notebook: Notebook, between: Between) -> Course[Between]:
    """The step on a way with which it becomes bad; what never answers counts as not bad in the end."""
    redraws = 0
    while len(between.left) > 1:
        points = _points(notebook, between, redraws)
        yield _asked(notebook, between, points)
        # What is needed to work at all is met on any way: where the beginning crashes, so may the middle.
        is_patient = redraws < notebook.limits.redraws and not notebook.learning.is_unresolved(between.lower)
        narrower = _between(notebook, between, points, is_patient=is_patient)
        redraws = redraws + 1 if narrower == between else 0
        between = narrower
    return between


def _between(notebook: Notebook, between: Between, points: list[Members], *, is_patient: bool) -> Between:
    lower, upper = between.lower, between.upper
    for point in points:
        answer = notebook.answer(point, ERROR)
        if answer is Answer.BAD:
            return Between(lower, point)
        if answer is Answer.GOOD or (answer is Answer.UNRESOLVED and not is_patient):
            lower = point
    return Between(lower, upper)


def _points(notebook: Notebook, between: Between, redraws: int) -> list[Members]:
    """Where to cut: of a few random ways one whose cuts risk the least to crash."""
    learning, order = notebook.learning, notebook.order
    if redraws == 0 and learning.is_unresolved(between.lower):
        # What every hybrid has that answered with these upgraded is likely to be enough for them to work.
        hull = learning.hull(between.lower) & between.upper
        if between.lower < hull < between.upper:
            return [hull]
    parts = parts_near_an_end(notebook.workers, redraws)
    chains = (random_chain(order, between.lower, between.upper, notebook.random) for _ in range(_DRAWS))
    ways = [cut(order, between.lower, chain, parts) for chain in chains]
    return min(ways, key=lambda points: sum(learning.risk(point) for point in points) / len(points))


def _asked(notebook: Notebook, between: Between, points: list[Members]) -> Round:
    return Round(
        questions=tuple(_question(notebook, between, point) for point in points),
        error=ERROR,
        is_nested=True,
        left=ceil(log2(len(between.left)) / log2(len(points) + 1)) * len(points) + 2,
    )


def _question(notebook: Notebook, between: Between, point: Members) -> Question:
    names = notebook.order.names
    below, above = names(point - between.lower), names(between.upper - point)
    total = len(below) + len(above)
    return Question(
        members=point,
        why=f"which of {total} changes makes it bad? with {len(below)} of them upgraded",
        if_good=f"{any_of(above)} is needed for it to be bad",
        if_bad=f"{any_of(below)} makes it bad",
    )
