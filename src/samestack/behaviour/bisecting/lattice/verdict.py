"""What a search comes to: the culprits, what they force, and how sure that is."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from samestack.behaviour.bisecting.lattice.flakes import is_worse_than_said
from samestack.behaviour.bisecting.lattice.learning import Learning
from samestack.behaviour.bisecting.lattice.notebook import Notebook
from samestack.behaviour.bisecting.lattice.order import Members
from samestack.behaviour.bisecting.lattice.remainder import Remainder
from samestack.behaviour.bisecting.lattice.sweep import Swept
from samestack.behaviour.bisecting.lattice.trial import Answer, Step
from samestack.behaviour.bisecting.lattice.wording import listed

_WORSE: Final = (
    "runs of one environment contradict each other more often than the flakes that were allowed for"
)


class Culprit(Struct, frozen=True, kw_only=True):
    """Changes that make it bad, all of them together."""

    pivots: tuple[str, ...]
    """Those to blame: hold back any of them, with what needs it, and this culprit is gone.

    Changes that need each other cannot be told apart, and are named together.
    """
    companions: tuple[str, ...]
    """Those that have to be upgraded where the pivots are."""
    is_proven: bool
    """Whether runs show that these are bad and no part of them is."""

    @property
    def names(self) -> tuple[str, ...]:
        """All that is upgraded in the smallest bad hybrid."""
        return tuple(sorted((*self.pivots, *self.companions)))


class Verdict(Struct, frozen=True, kw_only=True):
    """The answer of a search."""

    culprits: tuple[Culprit, ...]
    """Each is bad by itself, in the order in which they were found."""
    is_proven: bool
    """Whether runs show, with the confidence that was asked for, all that is claimed.

    Each culprit is bad and no part of it is, and with ``held_back`` held back all else together is good.
    """
    is_complete: bool
    """Whether there are no others. What gives no answer without a culprit cannot be judged by itself."""
    confidence: float
    """The least probability that no run on which this rests misled."""
    held_back: tuple[str, ...]
    """What is held back in the largest good hybrid: the pivots, and all that needs them."""
    learned: Mapping[str, frozenset[str]]
    """What a change seems to need though nothing declares it: the simplest explanation of the crashes."""
    trials: int
    """How many runs were made."""
    environments: int
    """How many hybrids they were made in."""
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    """What could not be shown, and what else there is to say."""


def culprit_of(notebook: Notebook, found: Swept) -> Culprit:
    """The pivots of a bad set apart from the companions."""
    forced = frozenset(one for one in found.members if _is_forced(notebook.learning, one, found.members))
    # Where each needs the others there is nobody whom they follow.
    companions = forced if forced < found.members else frozenset()
    return Culprit(
        pivots=notebook.order.names(found.members - companions),
        companions=notebook.order.names(companions),
        is_proven=found.is_minimal,
    )


def verdict_of(
    notebook: Notebook, found: Sequence[Swept], rest: Remainder | None, notes: Sequence[str] = ()
) -> Verdict:
    """What follows from what was found, and from how B answers without it."""
    culprits = tuple(culprit_of(notebook, one) for one in found)
    confidence = 1 - sum(_doubts(notebook, found, rest))
    is_mended = rest is not None and rest.answer is Answer.GOOD
    is_worse = is_worse_than_said(notebook.tallies.values(), notebook.limits.flakes)
    is_sure = confidence >= notebook.limits.confidence and not is_worse
    return Verdict(
        culprits=culprits,
        is_proven=is_mended and is_sure and all(one.is_proven for one in culprits),
        is_complete=is_mended and rest is not None and not rest.left_out,
        confidence=max(0.0, confidence),
        held_back=_held_back(notebook, rest),
        learned=_learned(notebook),
        trials=notebook.runs,
        environments=len(notebook.tallies),
        steps=tuple(notebook.steps),
        notes=(*notes, *([_WORSE] if is_worse else ()), *_notes(notebook, culprits, rest)),
    )


def _is_forced(learning: Learning, one: int, members: Members) -> bool:
    """Whether all that does not itself need it was never seen to answer without it."""
    return one in learning.hull(members - learning.hull(frozenset({one})))


def _doubts(notebook: Notebook, found: Sequence[Swept], rest: Remainder | None) -> list[float]:
    known = [(one.members, Answer.BAD) for one in found]
    known += [(part, Answer.GOOD) for one in found for part in one.good]
    known += [(part, Answer.UNRESOLVED) for one in found for part in one.unresolved]
    if rest is not None and rest.answer is Answer.GOOD:
        known.append((rest.members, Answer.GOOD))
    return [notebook.doubt(members, answer) for members, answer in known]


def _held_back(notebook: Notebook, rest: Remainder | None) -> tuple[str, ...]:
    if rest is None or rest.answer is not Answer.GOOD:
        return ()
    return notebook.order.names(notebook.order.everything - rest.members)


def _learned(notebook: Notebook) -> Mapping[str, frozenset[str]]:
    names = notebook.order.names
    learned = notebook.learning.implications()
    return {name: frozenset(names(needs)) for one, needs in learned.items() for name in names([one])}


def _notes(notebook: Notebook, culprits: Sequence[Culprit], rest: Remainder | None) -> list[str]:
    notes = [
        f"{listed(one.names)}: that no part of it is bad is not proved"
        for one in culprits
        if not one.is_proven
    ]
    if not notebook.order.everything:
        notes.append("nothing changed between the two")
    elif rest is None or rest.answer is not Answer.GOOD:
        notes.append("whether anything else makes it bad as well is not known")
    elif rest.left_out:
        left_out = listed(notebook.order.names(rest.left_out))
        notes.append(f"{left_out}: cannot be judged, since without the culprits there is no answer")
    return notes
