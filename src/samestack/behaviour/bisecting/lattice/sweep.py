"""No part of what was found is bad: swept until that is so, and proved by hybrids that were run.

Each topmost change is taken out, with what needs it. Is the rest bad, it takes the place of the whole. Is it
good, so is every part of it. If it gives no answer, its own parts are looked at in the same way, so the proof
holds whatever the crashes are due to. Where half a dozen changes crash without each other that takes more
hybrids than it is worth, and nothing is proved.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from samestack.behaviour.bisecting.lattice.notebook import Notebook
from samestack.behaviour.bisecting.lattice.order import Members
from samestack.behaviour.bisecting.lattice.rounds import Course, Question, Round
from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.lattice.wording import listed


class Swept(Struct, frozen=True, kw_only=True):
    """A bad set, and what shows that none of its parts is bad."""

    members: Members
    good: tuple[Members, ...] = ()
    unresolved: tuple[Members, ...] = ()
    is_minimal: bool = False
    """Whether it was shown; not where more would have to be run than may be."""

    @property
    def grounds(self) -> int:
        """How many hybrids it rests on."""
        return 1 + len(self.good) + len(self.unresolved)


def first_asked(notebook: Notebook, members: Members) -> list[Question]:
    """What a sweep of a bad set begins with."""
    sweep = _Sweep(notebook, members, error=1.0)
    return [sweep.question(part) for part in sweep.parts([members])]


def swept(notebook: Notebook, members: Members, error: float) -> Course[Swept | None]:
    """A minimal bad part of a bad set; ``None`` where the set turns out not to be bad.

    ``error`` is the doubt that may be left of the whole, shared by the hybrids that it rests on.
    """
    shares = 1 + len(notebook.order.topmost(members))
    while True:
        found = yield from _swept(notebook, members, error / shares)
        if found is None or found.grounds <= shares:
            return found
        members, shares = found.members, found.grounds


def _swept(notebook: Notebook, members: Members, error: float) -> Course[Swept | None]:
    while True:
        yield Round(questions=(_whole(notebook, members),), error=error)
        if notebook.answer(members, error) is not Answer.BAD:
            return None
        sweep = _Sweep(notebook, members, error)
        smaller = yield from sweep.bad_part()
        if smaller is None:
            return sweep.result
        members = smaller


class _Sweep:
    """The parts of one bad set."""

    def __init__(self, notebook: Notebook, members: Members, error: float) -> None:
        self.result = Swept(members=members)
        self._notebook = notebook
        self._order = notebook.order
        self._members = members
        self._error = error
        self._good: list[Members] = []
        self._unresolved: list[Members] = []

    def bad_part(self) -> Course[Members | None]:
        """A bad one, or ``None`` when it is known that there is none, or too much crashes to tell."""
        pending = self.parts([self._members])
        while pending and self._may_ask(pending):
            known = len(self._unresolved)
            bad = yield from self._bad_among(pending)
            if bad is not None:
                return bad
            pending = self.parts(self._unresolved[known:])
        self.result = Swept(
            members=self._members,
            good=tuple(self._good),
            unresolved=tuple(self._unresolved),
            is_minimal=not pending,
        )
        return None

    def _bad_among(self, parts: Sequence[Members]) -> Course[Members | None]:
        yield Round(questions=tuple(map(self.question, parts)), error=self._error, left=len(parts) + 1)
        for part in parts:
            answer = self._notebook.answer(part, self._error)
            if answer is Answer.BAD:
                return part
            if answer is not None:
                (self._good if answer is Answer.GOOD else self._unresolved).append(part)
        return None

    def _may_ask(self, parts: Sequence[Members]) -> bool:
        tops = len(self._order.topmost(self._members))
        return len(self._good) + len(self._unresolved) + len(parts) <= tops + self._notebook.limits.proofs

    def parts(self, wholes: Iterable[Members]) -> list[Members]:
        """The largest parts of these that do not follow from what is known."""
        parts = dict.fromkeys(
            self._order.without(whole, [one]) for whole in wholes for one in self._order.topmost(whole)
        )
        return [one for one in parts if one not in self._unresolved and not self._is_part_of_good(one)]

    def _is_part_of_good(self, part: Members) -> bool:
        return not part or any(part <= good for good in self._good)

    def question(self, part: Members) -> Question:
        """Whether one part is bad."""
        names = self._order.names
        removed = listed(names(self._members - part))
        return Question(
            members=part,
            why=f"{listed(names(self._members))}: still bad without {removed}?",
            if_good=f"{removed}: needed",
            if_bad=f"{removed}: not needed",
        )


def _whole(notebook: Notebook, members: Members) -> Question:
    names = listed(notebook.order.names(members))
    return Question(
        members=members,
        why=f"{names}: bad beyond doubt?",
        if_good=f"{names} was taken for bad by mistake",
        if_bad="it is",
    )
