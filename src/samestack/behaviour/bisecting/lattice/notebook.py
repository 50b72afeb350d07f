"""What a search knows: the runs so far, what follows from them, and the steps that led there."""

from random import Random

from samestack.behaviour.bisecting.lattice.flakes import Tally, decided, doubt
from samestack.behaviour.bisecting.lattice.learning import Learning
from samestack.behaviour.bisecting.lattice.limits import Limits
from samestack.behaviour.bisecting.lattice.order import Members, Order
from samestack.behaviour.bisecting.lattice.rounds import Question, Round
from samestack.behaviour.bisecting.lattice.trial import Answer, Step
from samestack.behaviour.bisecting.lattice.wording import listed


class Notebook:
    """Everything that parts of the search share; that A is good and B is bad is known from the start."""

    def __init__(self, order: Order, limits: Limits, *, workers: int, random: Random) -> None:
        self.order = order
        self.limits = limits
        self.workers = workers
        self.random = random
        self.learning = Learning(order)
        self.steps: list[Step] = []
        self.tallies: dict[Members, Tally] = {}
        self._reasons: dict[Members, str] = {}
        self._unread: set[Members] = set()
        self.learning.note(frozenset(), is_resolved=True)
        self.learning.note(order.everything, is_resolved=True)

    @property
    def runs(self) -> int:
        """How many runs were made."""
        return sum(tally.runs for tally in self.tallies.values())

    def write(self, members: Members, answer: Answer, reason: str) -> None:
        """Note one run."""
        self.tallies[members] = self.tallies.get(members, Tally()).plus(answer)
        self._unread.add(members)
        if answer is Answer.UNRESOLVED:
            self._reasons[members] = reason

    def answer(self, members: Members, error: float) -> Answer | None:
        """How a hybrid answers; ``None`` while it was not run often enough to say so with that doubt."""
        if not members:
            return Answer.GOOD
        if members == self.order.everything:
            return Answer.BAD
        tally = self.tallies.get(members, Tally())
        found = decided(tally, self.limits.flakes, error)
        return Answer.UNRESOLVED if found is None and tally.runs >= self.limits.runs else found

    def doubt(self, members: Members, answer: Answer) -> float:
        """How doubtful an answer is; that of A and of B is given."""
        if not members or members == self.order.everything:
            return 0.0
        return doubt(self.tallies.get(members, Tally()), answer, self.limits.flakes)

    def conclude(self, over: Round) -> None:
        """Learn from a round that is over; only what matters of it, whatever else was answered meanwhile.

        So the same search told the same answers goes the same way, in whatever order they came.
        """
        for question in over.telling(lambda members: self.answer(members, over.error)):
            answer = self.answer(question.members, over.error)
            if answer is not None:
                self.learning.note(question.members, is_resolved=answer is not Answer.UNRESOLVED)
            if answer is not None and question.members in self._unread:
                self._unread.discard(question.members)
                self.steps.append(self._step(question, answer))

    def _step(self, question: Question, answer: Answer) -> Step:
        learned = {Answer.GOOD: question.if_good, Answer.BAD: question.if_bad}
        return Step(
            upgraded=self.order.names(question.members),
            why=question.why,
            answer=answer,
            learned=learned.get(answer) or self._unresolved(question.members),
        )

    def _unresolved(self, members: Members) -> str:
        reason = self._reasons.get(members) or "wavering"
        pairs = self.learning.suspects(members)
        suspects = {one for one, _ in pairs}
        needs = {need for _, need in pairs}
        if not pairs or min(len(suspects), len(needs)) > 3:
            return f"no answer ({reason})"
        names = self.order.names
        return f"no answer ({reason}): {listed(names(suspects))} may need {listed(names(needs))}"
