"""Plain delta debugging (Zeller and Hildebrandt 2002), ignorant of what needs what: for comparison."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from samestack.behaviour.bisecting.lattice.trial import Answer

Names = frozenset[str]


class Shrunk(Struct, frozen=True):
    """What it came to, and what that took."""

    names: Names
    trials: int
    """How many hybrids were run."""
    unresolvable: int
    """How many were asked for that cannot be built."""


class _Asking:
    """Equal hybrids once; those that cannot be built are counted apart."""

    def __init__(self, answer: Callable[[Names], Answer], can_be_built: Callable[[Names], bool]) -> None:
        self.trials = 0
        self.unresolvable = 0
        self._answer = answer
        self._can_be_built = can_be_built
        self._known: dict[Names, bool] = {}

    def is_bad(self, names: Names) -> bool:
        if names not in self._known:
            self._known[names] = self._ask(names)
        return self._known[names]

    def _ask(self, names: Names) -> bool:
        if not self._can_be_built(names):
            self.unresolvable += 1
            return False
        self.trials += 1
        return self._answer(names) is Answer.BAD


def ddmin(
    names: Sequence[str], answer: Callable[[Names], Answer], can_be_built: Callable[[Names], bool]
) -> Shrunk:
    """Shrink what is bad to a part of which every smaller piece that it tries is not."""
    asking = _Asking(answer, can_be_built)
    left, pieces = list(names), 2
    while len(left) >= 2:
        parts = [left[len(left) * one // pieces : len(left) * (one + 1) // pieces] for one in range(pieces)]
        bad = next((part for part in parts if asking.is_bad(frozenset(part))), None)
        rests = [[name for name in left if name not in part] for part in parts]
        smaller = (
            next((rest for rest in rests if asking.is_bad(frozenset(rest))), None) if bad is None else None
        )
        if bad is not None:
            left, pieces = bad, 2
        elif smaller is not None:
            left, pieces = smaller, max(pieces - 1, 2)
        elif pieces < len(left):
            pieces = min(len(left), pieces * 2)
        else:
            break
    return Shrunk(frozenset(left), asking.trials, asking.unresolvable)
