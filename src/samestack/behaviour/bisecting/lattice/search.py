"""The search as a whole: it hands out trials, is told their answers, and comes to a verdict.

Whoever runs the trials may run them in any order and many at once. What was answered before an interruption
is told again when it is asked for again: the same search goes the same way.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import count
from random import Random
from typing import Final

from samestack.behaviour.bisecting.lattice.atom import Atom, Implications
from samestack.behaviour.bisecting.lattice.course import TrialsSpentError, course
from samestack.behaviour.bisecting.lattice.flakes import Tally, runs_to_be_good
from samestack.behaviour.bisecting.lattice.limits import Limits
from samestack.behaviour.bisecting.lattice.notebook import Notebook
from samestack.behaviour.bisecting.lattice.order import Members, Order
from samestack.behaviour.bisecting.lattice.rounds import Question, Round
from samestack.behaviour.bisecting.lattice.trial import Answer, Step, Trial
from samestack.behaviour.bisecting.lattice.verdict import Verdict

_DEFAULT: Final = Limits()

Run = tuple[tuple[str, ...], int]
"""A trial without the words."""


def search(
    atoms: Sequence[Atom],
    implications: Implications,
    limits: Limits = _DEFAULT,
    *,
    workers: int = 1,
    seed: int = 0,
) -> "Search":
    """Begin to look for what makes B bad; that A, with nothing upgraded, is good is presupposed.

    ``ValueError`` where an implication names something that is no atom, two atoms have one name, or a weight
    is negative.
    """
    # A verdict has to be the same tomorrow, so chance is drawn from a seed.
    random = Random(seed)  # noqa: S311
    return Search(Notebook(Order(atoms, implications), limits, workers=max(1, workers), random=random))


class Search:
    """A search under way. ``verdict`` is ``None`` until it has come to its end."""

    def __init__(self, notebook: Notebook) -> None:
        self.verdict: Verdict | None = None
        self._notebook = notebook
        self._course = course(notebook)
        self._round = Round(questions=(), error=1.0)
        self._handed_out: set[Run] = set()
        self._under_way: dict[Run, Members] = {}
        self._told: dict[Members, set[int]] = {}
        self._go_on()

    @property
    def steps(self) -> Sequence[Step]:
        """What was found out so far, step by step."""
        return self._notebook.steps

    @property
    def trials_left(self) -> int:
        """How many runs are still to come, as far as one can tell."""
        if self.verdict is not None:
            return 0
        limits = self._notebook.limits
        return self._round.left * runs_to_be_good(Tally(), limits.flakes, self._round.error)

    def next_trials(self) -> list[Trial]:
        """Trials to start now, as many as there are workers that have none; empty while all of them have."""
        started: list[Trial] = []
        while self._has_room() and (question := self._next_question()):
            trial = self._trial(question)
            self._under_way[_run(trial)] = question.members
            started.append(trial)
        self._handed_out.update(map(_run, started))
        return started

    def is_needed(self, trial: Trial) -> bool:
        """Whether a trial under way still matters: the answers of others may have made up for it."""
        return _run(trial) in self._under_way

    def tell(self, trial: Trial, answer: Answer, reason: str = "") -> None:
        """The answer of a trial that was handed out, and in a word why there is none.

        Where it is not needed any more it is ignored, and the trial handed out again should it matter later.
        ``ValueError`` where that trial was never handed out.
        """
        if _run(trial) not in self._handed_out:
            raise ValueError("an answer to a trial that was not handed out")
        members = self._under_way.pop(_run(trial), None)
        if members is None:
            return
        self._told.setdefault(members, set()).add(trial.number)
        self._notebook.write(members, answer, reason)
        self._go_on()
        wanted = {question.members for question in (*self._open(), *self._ahead())}
        self._under_way = {run: one for run, one in self._under_way.items() if one in wanted}

    def _has_room(self) -> bool:
        under_way = len(self._under_way)
        limits = self._notebook.limits
        return under_way < self._notebook.workers and self._notebook.runs + under_way < limits.trials

    def _open(self) -> Sequence[Question]:
        return () if self.verdict else self._round.open(self._answer)

    def _answer(self, members: Members) -> Answer | None:
        return self._notebook.answer(members, self._round.error)

    def _ahead(self) -> Sequence[Question]:
        return [one for one in self._round.ahead if self._open() and self._answer(one.members) is None]

    def _next_question(self) -> Question | None:
        """What is open and has the fewest runs under way, if it takes more of them, or what lies ahead."""
        under_way = Counter(self._under_way.values())
        wanting = [one for one in self._open() if under_way[one.members] < self._runs(one.members)]
        ahead = next((one for one in self._ahead() if not under_way[one.members]), None)
        return min(wanting, key=lambda one: under_way[one.members], default=ahead)

    def _runs(self, members: Members) -> int:
        tally = self._notebook.tallies.get(members, Tally())
        return runs_to_be_good(tally, self._notebook.limits.flakes, self._round.error)

    def _trial(self, question: Question) -> Trial:
        upgraded = self._notebook.order.names(question.members)
        told = self._told.get(question.members, ())
        free = (one for one in count() if one not in told and (upgraded, one) not in self._under_way)
        return Trial(upgraded=upgraded, number=next(free), why=question.why)

    def _go_on(self) -> None:
        """To the next round of which anything is open, or to the end."""
        try:
            while not self._open():
                self._notebook.conclude(self._round)
                self._round = next(self._course)
            if self._notebook.runs >= self._notebook.limits.trials:
                self._course.throw(TrialsSpentError())
        except StopIteration as end:
            self.verdict = end.value


def _run(trial: Trial) -> Run:
    return trial.upgraded, trial.number
