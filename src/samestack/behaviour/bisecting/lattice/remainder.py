"""With the culprits held back, is everything else together good? If not, there are others.

Where that hybrid gives no answer, something in it needs what is held back. Between the part of it that is
sound and the whole, the change with which it begins to crash is found by halving; it is held back as well.
"""

from typing import Final

from msgspec import Struct

from samestack.behaviour.bisecting.lattice.chain import cut, even_parts, random_chain
from samestack.behaviour.bisecting.lattice.narrowing import ERROR
from samestack.behaviour.bisecting.lattice.notebook import Notebook
from samestack.behaviour.bisecting.lattice.order import NOTHING, Members
from samestack.behaviour.bisecting.lattice.rounds import Course, Question, Round
from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.lattice.wording import listed

_MOST_LEFT_OUT: Final = 20


class Remainder(Struct, frozen=True, kw_only=True):
    """What is left of B without the culprits."""

    members: Members
    """The largest part of it that answers, or a bad one."""
    answer: Answer
    """Unresolved where none was found that answers."""
    left_out: Members = NOTHING
    """What is left out though it does not declare that it needs a culprit: it crashes without."""


def first_asked(notebook: Notebook, held_back: Members) -> Question:
    """What is asked of the remainder to begin with."""
    return _question(notebook, notebook.order.without(notebook.order.everything, held_back))


def remainder(notebook: Notebook, held_back: Members, error: float) -> Course[Remainder]:
    """How B answers with all of this held back, and what needs it."""
    order = notebook.order
    whole = rest = order.without(order.everything, held_back)
    for _ in range(_MOST_LEFT_OUT):
        yield Round(questions=(_question(notebook, rest),), error=error)
        answer = notebook.answer(rest, error)
        if answer is not Answer.UNRESOLVED and answer is not None:
            return Remainder(members=rest, answer=answer, left_out=whole - rest)
        edge = yield from _edge(notebook, rest)
        bad = edge.bad or (yield from _bad_alone(notebook, edge.crashing))
        yield Round(questions=(_question(notebook, bad),), error=error)
        if bad and notebook.answer(bad, error) is Answer.BAD:
            return Remainder(members=bad, answer=Answer.BAD)
        rest = rest if bad else order.without(rest, edge.crashing)
    return Remainder(members=rest, answer=Answer.UNRESOLVED)


class _Edge(Struct, frozen=True):
    """The changes with which a way begins to crash, or something bad that was met on it."""

    crashing: Members = NOTHING
    bad: Members = NOTHING


def _edge(notebook: Notebook, crashed: Members) -> Course[_Edge]:
    sound = notebook.learning.sound(crashed)
    lower, upper = NOTHING, crashed
    points = [sound] if sound else _points(notebook, lower, upper)
    while points:
        yield Round(questions=tuple(_question(notebook, one) for one in points), error=ERROR, is_nested=True)
        for point in points:
            answer = notebook.answer(point, ERROR)
            if answer is Answer.BAD:
                return _Edge(bad=point)
            if answer is Answer.GOOD:
                lower = point
            elif answer is Answer.UNRESOLVED:
                upper = point
                break
        points = _points(notebook, lower, upper)
    return _Edge(crashing=upper - lower)


def _points(notebook: Notebook, lower: Members, upper: Members) -> list[Members]:
    if len(upper - lower) < 2:
        return []
    chain = random_chain(notebook.order, lower, upper, notebook.random)
    return cut(notebook.order, lower, chain, even_parts(notebook.workers))


def _bad_alone(notebook: Notebook, crashing: Members) -> Course[Members]:
    """What crashes with the others, where it is bad by itself: then it is a culprit of its own."""
    alone = notebook.order.closure(crashing)
    yield Round(questions=(_question(notebook, alone),), error=ERROR)
    return alone if notebook.answer(alone, ERROR) is Answer.BAD else NOTHING


def _question(notebook: Notebook, members: Members) -> Question:
    names = notebook.order.names
    held_back = listed(names(notebook.order.everything - members))
    return Question(
        members=members,
        why=f"with {held_back} held back, is everything else good?",
        if_good=f"holding back {held_back} mends it",
        if_bad="something else makes it bad as well",
    )
