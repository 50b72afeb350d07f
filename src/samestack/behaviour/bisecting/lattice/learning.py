"""What crashes teach: which change may need which, though nothing declares it.

A hybrid that gives an answer acquits: whatever it has upgraded does not need what it has not. So what a
change *may* need is what every hybrid that answered had beside it, its hull. A hybrid that crashed accuses:
one of its members needs something that it lacked, and only what is in that member's hull is suspected.
Suspicions steer the search away from further crashes; they prove nothing.
"""

from collections import Counter
from collections.abc import Iterable

from samestack.behaviour.bisecting.lattice.order import Members, Order

Need = tuple[int, int]
"""A change, and one that it may need."""


class Learning:
    """The hybrids that answered and those that did not."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._resolved: dict[Members, None] = {}
        self._unresolved: dict[Members, None] = {}
        self._hulls = dict.fromkeys(order.everything, order.everything)

    def note(self, members: Members, *, is_resolved: bool) -> None:
        """Take note of what one hybrid did; what once answered counts as resolved ever after."""
        if is_resolved and members not in self._resolved:
            self._resolved[members] = None
            self._unresolved.pop(members, None)
            self._hulls |= {one: self._hulls[one] & members for one in members}
        elif not is_resolved and members not in self._resolved:
            self._unresolved[members] = None

    def is_unresolved(self, members: Members) -> bool:
        """Whether this very hybrid gave no answer."""
        return members in self._unresolved

    def hull(self, members: Members) -> Members:
        """All that was upgraded whenever these were and there was an answer."""
        return self._order.everything.intersection(*(one for one in self._resolved if members <= one))

    def sound(self, members: Members) -> Members:
        """The part of these that needs nothing else, by all that is known."""
        return frozenset(one for one in members if self._hulls[one] <= members)

    def suspects(self, members: Members) -> list[Need]:
        """What in a hybrid that crashed may need what outside of it."""
        return [(one, need) for one in sorted(members) for need in sorted(self._hulls[one] - members)]

    def risk(self, members: Members) -> float:
        """How many of the crashes so far would be repeated, were each suspect as likely as the next."""
        return sum(self._repeats(crashed, members) for crashed in self._unresolved)

    def implications(self) -> dict[int, Members]:
        """The simplest explanation of the crashes: by change, what it seems to need.

        One need after the other that explains the most of the crashes that are left; where two explain as
        many, which of them it is remains open.
        """
        learned: dict[int, Members] = {}
        crashes = {crashed: set(self.suspects(crashed)) for crashed in self._unresolved}
        while pair := _most_common(crashes.values()):
            one, need = pair
            learned[one] = learned.get(one, frozenset()) | {need}
            crashes = {crashed: suspects for crashed, suspects in crashes.items() if pair not in suspects}
        return learned

    def _repeats(self, crashed: Members, members: Members) -> float:
        lacked = [(self._hulls[one] - crashed, one in members) for one in crashed]
        suspects = sum(len(needs) for needs, _ in lacked)
        repeated = sum(len(needs - members) for needs, is_there in lacked if is_there)
        return repeated / suspects if suspects else 0.0


def _most_common(crashes: Iterable[set[Need]]) -> Need | None:
    """The need that would explain the most crashes, if it is a single one."""
    ranked = Counter(pair for suspects in crashes for pair in suspects).most_common(2)
    is_single = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
    return ranked[0][0] if is_single else None
