"""The second way to mend: back to a day when all was whole, and from there to the one release that broke it.

On that day other releases were chosen. Which of them have to be held back is found by bisecting packages, how
far each may go on by bisecting its releases, the likeliest first: packages that the failure itself points at,
and releases that began a new major version.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from samestack.verify.search.bench import Attempt, Bench
from samestack.verify.search.constraint_text import below, step, up_to
from samestack.verify.search.goal import Goal
from samestack.verify.search.held_back import HeldBack, held_back
from samestack.verify.search.narrowing import shrunk, transition
from samestack.verify.search.world import Past

_STEP_WEIGHTS: Final = (1.0, 1.0, 3.0, 9.0)
_Bounds = dict[str, str]
"""By package, the constraint on it."""


def by_date(bench: Bench, state: Attempt) -> Iterator[Attempt]:
    """Ever better attempts out of the first past that was better, with ever fewer and wider constraints."""
    for past in bench.world.pasts(state.selection, state.mendable):
        old = _attempt_of(bench, state, past)
        goal = None if old is None or old.result.trouble else Goal.between(state, old)
        if old is None or goal is None:
            continue
        is_better = False
        for attempt in _Descent(bench, state, goal).attempts(held_back(bench, state, old)):
            if attempt.is_better_than(state):
                is_better = True
                yield attempt
        if is_better:
            return


def _attempt_of(bench: Bench, state: Attempt, past: Past) -> Attempt | None:
    if past.bounds is None:
        return bench.attempt(state.constraints, f"as of {past.day.isoformat()}", past.day)
    bounds = [up_to(package, version) for package, version in past.bounds.items()]
    return bench.attempt((*state.constraints, *bounds), f"held back to {past.day.isoformat()}")


class _Descent:
    """From everything held back, which mends, to as little as possible, held back as little as possible."""

    def __init__(self, bench: Bench, state: Attempt, goal: Goal) -> None:
        self._bench = bench
        self._state = state
        self._goal = goal

    def attempts(self, held: Sequence[HeldBack]) -> Iterator[Attempt]:
        """Every attempt on the way down that meets the goal.

        That all held back together meet it is not tried: the day that they are of did, and a release that is
        to blame shows itself as well without that.
        """
        least = tuple(held)
        for least in shrunk(held, lambda one: one.weight, self._is_good):
            yield from self._met(_bounds(least), "")
        bounds = _bounds(least)
        for one in least:
            for text in self._wider(one, bounds):
                bounds = {**bounds, one.package: text}
                yield from self._met(bounds, text)

    def _wider(self, held: HeldBack, bounds: _Bounds) -> Iterator[str]:
        """Ever wider constraints on one package, as long as the goal is met."""
        between = self._bench.world.releases(held.package, held.good, held.bad)
        releases = (*(one for one in between if one != held.bad), held.bad)
        steps = [step(*pair) for pair in zip((held.good, *releases), releases, strict=False)]

        def is_bad(count: int) -> bool:
            text = up_to(held.package, releases[count - 1])
            return not self._goal.is_met_by(self._attempt({**bounds, held.package: text}, text))

        known = 0
        for low, _ in transition([_STEP_WEIGHTS[one] for one in steps], is_bad):
            if low > known:
                known = low
                yield up_to(held.package, releases[low - 1])
        good = releases[known - 1] if known else held.good
        yield below(held.package, good, releases[known])

    def _is_good(self, held: tuple[HeldBack, ...]) -> bool:
        return self._goal.is_met_by(self._attempt(_bounds(held), _why(held)))

    def _met(self, bounds: _Bounds, why: str) -> Iterator[Attempt]:
        attempt = self._attempt(bounds, why)
        if attempt is not None and self._goal.is_met_by(attempt):
            yield attempt

    def _attempt(self, bounds: _Bounds, why: str) -> Attempt | None:
        return self._bench.attempt((*self._state.constraints, *bounds.values()), f"with {why}")


def _bounds(held: Sequence[HeldBack]) -> _Bounds:
    return {one.package: one.text for one in held}


def _why(held: Sequence[HeldBack]) -> str:
    return held[0].text if len(held) == 1 else f"{len(held)} packages held back"
