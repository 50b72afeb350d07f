"""The smallest changes that would do: for each correction, its wishes loosened as little as a solve allows.

A correction is a minimal set of wishes without which the rest can be met. Its wishes need not go: each is
moved to the nearest version that suits the wishes it clashes with, the others of the correction meanwhile
allowing anything. What comes out is solved whole, with everything else that is wished, and only then given.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from samestack.solve.conflicts.asking import Asking, Question
from samestack.solve.conflicts.contests import Contest
from samestack.solve.conflicts.minimal_conflicts import OutOfSolves
from samestack.solve.explanation import Edit, Relaxation
from samestack.solve.metadata import MetadataSource
from samestack.solve.oracle import Answer
from samestack.solve.problem import Wish
from samestack.solve.relaxations.loosening import (
    ANY_VERSION,
    TAKEN_OUT,
    distance,
    in_words,
    loosened,
    unbounded,
)
from samestack.solve.relaxations.nearest import Nearest, chosen_version
from samestack.solve.relaxations.suiting import suiting
from samestack.solve.wanted import is_early, is_early_wanted

_TRIED_FOR_EACH = 3


class Loosened(Struct, frozen=True, kw_only=True):
    """A wish and what it becomes; ``replacement`` is empty where it is taken out."""

    wish: Wish
    replacement: str
    version: str = ""


class Relaxing:
    """Makes relaxations of corrections."""

    def __init__(
        self,
        asking: Asking,
        metadata: MetadataSource,
        wishes: Iterable[Wish],
        clashes: Sequence[tuple[Sequence[Wish], Contest | None]],
    ) -> None:
        self._asking = asking
        self._metadata = metadata
        self._nearest = Nearest(asking, metadata)
        self._wishes = frozenset(wishes)
        self._clashes = tuple((frozenset(one), contest) for one, contest in clashes)

    def best(self, corrections: Iterable[frozenset[Wish]], most: int) -> tuple[Relaxation, ...]:
        """The best relaxations, each proved; fewer where the solves do not suffice."""
        found: list[Relaxation] = []
        try:
            # Beyond these, more wishes would be changed: such a relaxation is seldom among the best.
            for correction in list(corrections)[: most * _TRIED_FOR_EACH]:
                if len(found) >= most and len(correction) > len(found[0].edits):
                    break
                found.append(self._relaxation(correction))
                found.sort(key=_order)
        except OutOfSolves:
            pass
        return tuple(dict.fromkeys(found))[:most]

    def _relaxation(self, correction: frozenset[Wish]) -> Relaxation:
        changes = [self._loosened(wish, self._context(wish, correction)) for wish in _sorted(correction)]
        answer = self._asking.answer(self._with(changes, correction))
        if not answer.is_met:
            changes = self._within_all(correction)
            answer = self._asking.answer(self._with(changes, correction))
        return _relaxation(changes, answer) if answer.is_met else self._without(correction)

    def _context(self, wish: Wish, correction: frozenset[Wish]) -> Question:
        """The wishes that one clashes with, the others of its correction allowing any version."""
        clashing = frozenset[Wish]().union(*(wishes for wishes, _ in self._clashes if wish in wishes))
        return _loosest(clashing - {wish}, correction)

    def _within_all(self, correction: frozenset[Wish]) -> list[Loosened]:
        """The same again where what clashes is not enough: each with all wishes, one after the other."""
        kept = self._kept(correction)
        settled = [Loosened(wish=wish, replacement="") for wish in _sorted(correction - kept)]
        others = _loosest(self._wishes - (correction - kept), correction)
        for wish in _sorted(kept):
            loosest = structs.replace(wish, text=unbounded(wish.text))
            settled.append(self._loosened(wish, others - {loosest}))
            others = self._with(settled, correction) | _loosest(kept - _wishes_of(settled), kept)
        return settled

    def _kept(self, correction: frozenset[Wish]) -> frozenset[Wish]:
        """Those that need not be taken out: all, or all but one, if the rest lets them; else none."""
        kept = [correction, *(correction - {wish} for wish in _sorted(correction))]
        answers = self._asking.answers(
            [_loosest(self._wishes - (correction - one), correction) for one in kept]
        )
        possible = (one for one, answer in zip(kept, answers, strict=True) if answer.is_met)
        return next(possible, frozenset())

    def _loosened(self, wish: Wish, others: Question) -> Loosened:
        contests = [contest for wishes, contest in self._clashes if wish in wishes]
        guess = suiting(wish, contests, self._metadata)
        anything = unbounded(wish.text)
        if guess.is_partial and anything != wish.text and not self._any(wish, anything, others).is_met:
            return Loosened(wish=wish, replacement="")
        version = self._nearest.version(wish, others, guess.suits)
        if version:
            return Loosened(wish=wish, replacement=loosened(wish.text, version), version=version)
        return self._as_chosen(wish, anything, self._any(wish, anything, others))

    def _any(self, wish: Wish, anything: str, others: Question) -> Answer:
        return self._asking.answer(others | {structs.replace(wish, text=anything)})

    def _as_chosen(self, wish: Wish, anything: str, answer: Answer) -> Loosened:
        """Where nothing is known of the releases: what the solver chose is near enough."""
        if anything == wish.text or not answer.is_met:
            return Loosened(wish=wish, replacement="")
        chosen = chosen_version(wish, answer)
        if is_early(chosen) and not is_early_wanted(wish.text):
            return Loosened(wish=wish, replacement="")
        text = loosened(wish.text, chosen) if chosen else anything
        return Loosened(wish=wish, replacement=anything if text == wish.text else text, version=chosen)

    def _with(self, changes: Sequence[Loosened], correction: frozenset[Wish]) -> Question:
        changed = {structs.replace(one.wish, text=one.replacement) for one in changes if one.replacement}
        return (self._wishes - correction) | changed

    def _without(self, correction: frozenset[Wish]) -> Relaxation:
        """The wishes given up, or as few of them as that takes: that the rest can be met is known."""
        answer = self._asking.answer(self._wishes - correction)
        return _relaxation([Loosened(wish=wish, replacement="") for wish in _sorted(correction)], answer)


def _wishes_of(changes: Iterable[Loosened]) -> frozenset[Wish]:
    return frozenset(one.wish for one in changes)


def _loosest(wishes: Iterable[Wish], correction: frozenset[Wish]) -> Question:
    return frozenset(
        structs.replace(one, text=unbounded(one.text)) if one in correction else one for one in wishes
    )


def _relaxation(changes: Sequence[Loosened], answer: Answer) -> Relaxation:
    edits = tuple(
        Edit(
            wish=one.wish,
            replacement=one.replacement,
            kept=in_words(one.wish, one.replacement, one.version),
        )
        for one in changes
    )
    return Relaxation(edits=edits, distance=sum(map(_distance, changes)), solution=answer.solution)


def _distance(one: Loosened) -> float:
    if not one.replacement:
        return TAKEN_OUT
    return distance(one.wish.text, one.version) if one.version else ANY_VERSION


def _sorted(wishes: Iterable[Wish]) -> list[Wish]:
    return sorted(wishes, key=lambda wish: (wish.file, wish.line, wish.place, wish.text))


def _order(relaxation: Relaxation) -> tuple[int, float]:
    return len(relaxation.edits), relaxation.distance
