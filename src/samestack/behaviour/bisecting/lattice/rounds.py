"""What the search asks at once, and which of it still matters as answers come in."""

from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

from msgspec import Struct

from samestack.behaviour.bisecting.lattice.order import Members
from samestack.behaviour.bisecting.lattice.trial import Answer

T = TypeVar("T")


class Question(Struct, frozen=True, kw_only=True):
    """How one hybrid answers, and what it is for."""

    members: Members
    why: str
    if_good: str
    if_bad: str


class Round(Struct, frozen=True, kw_only=True):
    """Questions that are asked at once."""

    questions: tuple[Question, ...]
    error: float
    """The doubt that may be left of an answer."""
    is_nested: bool = False
    """Whether each is a part of the next: then the first bad one counts, and the last good one before it.

    Otherwise any bad one ends the round.
    """
    ahead: tuple[Question, ...] = ()
    """What will be asked next if this goes as expected: for workers that have nothing else to do."""
    left: int = 1
    """How many hybrids are still to be run, this round included, as far as one can tell."""

    def open(self, answer: Callable[[Members], Answer | None]) -> Sequence[Question]:
        """The questions whose answers are lacking and still matter; none when the round is over."""
        return [one for one in self.telling(answer) if answer(one.members) is None]

    def telling(self, answer: Callable[[Members], Answer | None]) -> Sequence[Question]:
        """The questions that matter, beside the answers that there are."""
        answers = [answer(one.members) for one in self.questions]
        is_bad = Answer.BAD in answers
        if not self.is_nested:
            return [self.questions[answers.index(Answer.BAD)]] if is_bad else self.questions
        end = answers.index(Answer.BAD) + 1 if is_bad else len(answers)
        good = [place for place in range(end) if answers[place] is Answer.GOOD]
        return self.questions[good[-1] if good else 0 : end]


Course = Generator[Round, None, T]
"""A part of the search: it yields what it asks, goes on when that is answered, and returns what it found."""
