"""An oracle that is asked no more often than it must be: answers are remembered, and asked for at once."""

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Final, Self

from samestack.progress import SILENT, Reporter
from samestack.solve.conflicts.minimal_conflicts import Members, OutOfSolves
from samestack.solve.oracle import Answer, Oracle
from samestack.solve.problem import Wish

_WAITING: Final = 2
"""How many more than there are processors, since a solver also waits for its index."""

Question = frozenset[Wish]


class Asking:
    """Counts the solves and keeps to a limit; :class:`OutOfSolves` when it is reached."""

    def __init__(self, oracle: Oracle, *, limit: int, threads: int = 0, reporter: Reporter = SILENT) -> None:
        self.solves = 0
        self._limit = limit
        self._oracle = oracle
        self._reporter = reporter
        self._answers: dict[Question, Answer] = {}
        self._pool = ThreadPoolExecutor(threads or (os.cpu_count() or 1) + _WAITING)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What still waits need not be started: nobody will read it.
        self._pool.shutdown(cancel_futures=True)

    def allow(self, more: int) -> None:
        """Set the limit anew, that many solves from here."""
        self._limit = self.solves + more

    def answer(self, wishes: Iterable[Wish]) -> Answer:
        """What the solver says of these wishes."""
        return self.answers([frozenset(wishes)])[0]

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """What the solver says of each of these; those that are new are asked at once."""
        new = list(dict.fromkeys(one for one in questions if one not in self._answers))
        if self.solves + len(new) > self._limit:
            raise OutOfSolves
        self.solves += len(new)
        for question, answer in zip(new, self._pool.map(self._solve, new), strict=True):
            self._answers[question] = answer
        return [self._answers[one] for one in questions]

    def _solve(self, question: Question) -> Answer:
        ordered = sorted(question, key=lambda wish: (wish.file, wish.line, wish.place, wish.text))
        answer = self._oracle.solve(ordered)
        self._reporter.advanced("solved" if answer.is_met else "cannot be met")
        return answer


class Subsets:
    """Which of some wishes can be met together, with others that always count.

    What follows from an earlier answer is not asked: a part of what can be met can be met, and what holds
    something that cannot be met cannot.
    """

    def __init__(self, asking: Asking, wishes: Sequence[Wish], always: Iterable[Wish] = ()) -> None:
        self._asking = asking
        self._wishes = tuple(wishes)
        self._always = frozenset(always)
        self._met: list[Members] = []
        self._unmet: dict[Members, str] = {}

    def are_met(self, sets: Sequence[Members]) -> list[bool]:
        """Whether each of these can be met."""
        unknown = [one for one in dict.fromkeys(sets) if self._known(one) is None]
        answers = self._asking.answers([self._question(one) for one in unknown])
        for members, answer in zip(unknown, answers, strict=True):
            if answer.is_met:
                self._met.append(members)
            else:
                self._unmet[members] = answer.said
        return [bool(self._known(one)) for one in sets]

    def said(self, members: Members) -> str:
        """What the solver said of this very set; empty where it was not asked about it or could meet it."""
        return self._unmet.get(members, "")

    def _known(self, members: Members) -> bool | None:
        # What was answered of this very set counts most: a solver may say more of a set than of its parts.
        if members in self._unmet:
            return False
        if any(members <= met for met in self._met):
            return True
        return False if any(unmet <= members for unmet in self._unmet) else None

    def _question(self, members: Members) -> Question:
        return frozenset(self._wishes[index] for index in members) | self._always
