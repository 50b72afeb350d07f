"""The course of a search: culprit after culprit, until B without them is good."""

from typing import Final

from samestack.behaviour.bisecting.lattice import remainder, sweep
from samestack.behaviour.bisecting.lattice.narrowing import ERROR, needed_for
from samestack.behaviour.bisecting.lattice.notebook import Notebook
from samestack.behaviour.bisecting.lattice.order import Members
from samestack.behaviour.bisecting.lattice.rounds import Course, Question
from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.lattice.verdict import Verdict, culprit_of, verdict_of

_MISTAKES: Final = 5
"""How often a set may be taken for bad by mistake before the search gives up."""


class TrialsSpentError(Exception):
    """Another run would be needed than may be made; the search ends with what is known."""


def course(notebook: Notebook) -> Course[Verdict]:
    """Find all culprits; thrown a :class:`TrialsSpentError`, tell what was found so far."""
    search = _Course(notebook)
    try:
        yield from search.run()
    except TrialsSpentError:
        search.give_up(f"the search ended after {notebook.runs} runs, before it was done")
    return verdict_of(notebook, search.found, search.rest, search.notes)


class _Course:
    """What was found so far, so that it is there when the search has to end."""

    def __init__(self, notebook: Notebook) -> None:
        self.found: list[sweep.Swept] = []
        self.rest: remainder.Remainder | None = None
        self.notes: list[str] = []
        self._notebook = notebook
        self._bad = notebook.order.everything

    def run(self) -> Course[None]:
        """Find culprits one after the other, each with half the doubt that is left."""
        limits = self._notebook.limits
        doubt, mistakes = 1 - limits.confidence, 0
        while self._bad and len(self.found) < limits.culprits:
            doubt /= 2
            needed = yield from needed_for(self._notebook, self._bad, self._ahead)
            culprit = yield from sweep.swept(self._notebook, needed, doubt / 2)
            if culprit is not None:
                self.found.append(culprit)
            elif (mistakes := mistakes + 1) > _MISTAKES:
                self.give_up("it flakes too much: hybrids were taken for bad by mistake again and again")
                return
            if self.found:
                yield from self._judge_rest(doubt / 2)

    def _judge_rest(self, doubt: float) -> Course[None]:
        self.rest = yield from remainder.remainder(self._notebook, self._to_blame(), doubt)
        self._bad = self.rest.members if self.rest.answer is Answer.BAD else frozenset()

    def give_up(self, why: str) -> None:
        """End with the smallest set that is known to be bad, where one is being searched."""
        self.notes.append(why)
        known = [one for one in self._notebook.tallies if one <= self._bad]
        bad = [one for one in known if self._notebook.answer(one, ERROR) is Answer.BAD]
        if bad and not any(one.members <= self._bad for one in self.found):
            self.found.append(sweep.Swept(members=min(bad, key=len)))

    def _ahead(self, needed: Members) -> list[Question]:
        held_back = self._to_blame().union(self._notebook.order.topmost(needed))
        return [
            *sweep.first_asked(self._notebook, needed),
            remainder.first_asked(self._notebook, held_back),
        ]

    def _to_blame(self) -> Members:
        """The pivots of every culprit so far."""
        culprits = [culprit_of(self._notebook, one) for one in self.found]
        return self._notebook.order.members(name for one in culprits for name in one.pivots)
