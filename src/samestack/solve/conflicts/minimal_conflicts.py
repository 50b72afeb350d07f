"""All minimal sets that cannot be met together, found by asking whether sets can.

The algorithm goes back and forth between two families that determine each other: the minimal conflicts, and
the minimal sets whose removal leaves no conflict (corrections), which are the minimal sets that hit every
conflict. Each hitting set of the conflicts known so far is tried: what remains without it can be met, then it
is a correction; or it cannot, then it holds a conflict that is not known yet. When every hitting set is a
correction, no further conflict exists. It knows neither wishes nor solvers, and asks nothing of a set but
that what holds of it holds of its subsets.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from msgspec import Struct

Members = frozenset[int]

Ask = Callable[[Sequence[Members]], Sequence[bool]]
"""Whether each of some sets can be met; asked together, so that they can be answered at once.

:class:`OutOfSolves` when it may not be asked any more.
"""

Suspect = Callable[[Members], Members]
"""A guess of which members of a set that cannot be met are to blame; the set itself where there is none."""

_MOST_HITTING_SETS: Final = 4000
_WIDEST: Final = 32


class OutOfSolves(Exception):  # noqa: N818 - a limit is not an error
    """The limit on solves is reached."""


class Found(Struct, frozen=True):
    """What was found."""

    conflicts: tuple[Members, ...]
    """The minimal sets that cannot be met, in the order in which they were found."""
    corrections: tuple[Members, ...]
    """The minimal sets without which the rest can be met, the smallest first."""
    is_complete: bool
    """Whether these are all."""


def minimal_conflicts(everything: Members, ask: Ask, suspect: Suspect = lambda members: members) -> Found:
    """Every minimal subset that cannot be met, of members of which none need be met."""
    search = _Search(everything, ask, suspect)
    try:
        is_complete = search.run()
    except OutOfSolves:
        is_complete = False
    return Found(tuple(search.conflicts), tuple(search.corrections), is_complete)


def minimal_part(members: Members, ask: Ask, suspect: Suspect = lambda members: members) -> Members:
    """A minimal subset that cannot be met, of a set that cannot (and of which the empty part can)."""
    hinted = suspect(members)
    if hinted and hinted < members and not ask([hinted])[0]:
        members = hinted
    pieces = len(members) if len(members) <= 6 else 2
    while len(members) > 1:
        rests = [members - piece for piece in _pieces(members, pieces)]
        unmet = [rest for rest, is_met in zip(rests, ask(rests), strict=True) if not is_met]
        if unmet:
            members = min(unmet, key=len)
            pieces = len(members) if len(members) <= 6 else max(2, pieces - 1)
        elif pieces == len(members):
            break
        else:
            pieces = min(len(members), pieces * 2)
    return members


def with_another(hitting: Iterable[Members], conflict: Members) -> tuple[Members, ...]:
    """The minimal sets that hit one more conflict, of those that hit all before it."""
    sets = tuple(hitting)
    kept = [one for one in sets if one & conflict]
    grown = {one | {member} for one in sets if not one & conflict for member in conflict}
    # A grown set can only be a superset of one that was kept, never the other way round.
    new = [one for one in grown if not any(other <= one for other in kept)]
    return tuple(sorted((*kept, *new), key=_order))


class _Search:
    """The two families as they grow."""

    def __init__(self, everything: Members, ask: Ask, suspect: Suspect) -> None:
        self.conflicts: list[Members] = []
        self.corrections: list[Members] = []
        self._hitting: tuple[Members, ...] = (frozenset(),)
        self._everything = everything
        self._ask = ask
        self._suspect = suspect

    def run(self) -> bool:
        """Whether it came to its end, and not to the bound on hitting sets."""
        width = 1
        while len(self._hitting) <= _MOST_HITTING_SETS:
            pending = [one for one in self._hitting if one not in self.corrections]
            if not pending:
                return True
            # As long as conflicts turn up, the next one makes most hitting sets of now worthless.
            width = 1 if self._try(pending[:width]) else min(width * 2, _WIDEST)
        return False

    def _try(self, hitting: Sequence[Members]) -> bool:
        """Whether one of these leaves a conflict that was not known."""
        rests = [self._everything - one for one in hitting]
        found = False
        for removed, rest, is_met in zip(hitting, rests, self._ask(rests), strict=True):
            if is_met:
                self.corrections.append(removed)
            elif not any(conflict <= rest for conflict in self.conflicts):
                self._add(minimal_part(rest, self._ask, self._suspect))
                found = True
        self.corrections.sort(key=_order)
        return found

    def _add(self, conflict: Members) -> None:
        self.conflicts.append(conflict)
        self._hitting = with_another(self._hitting, conflict)


def _pieces(members: Members, count: int) -> list[Members]:
    ordered = sorted(members)
    return [frozenset(ordered[start::count]) for start in range(count)]


def _order(members: Members) -> tuple[int, list[int]]:
    return len(members), sorted(members)
