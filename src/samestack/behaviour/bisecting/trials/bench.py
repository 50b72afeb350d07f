"""Many trials at once: handed out as they come, answered from the journal where that knows them.

Who carries them out is any executor of the standard library's kind.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import Final, Self

from msgspec import Struct

from samestack.behaviour.bisecting.journal import Journal
from samestack.behaviour.bisecting.trials.description import TrialDescription
from samestack.behaviour.bisecting.trials.losing import LostError
from samestack.behaviour.bisecting.trials.outcome import Ending, Outcome
from samestack.behaviour.bisecting.trials.running import run_trial

_PASSING: Final = frozenset({Ending.LOST})
"""What may be otherwise the next time, and so is not written down."""


class Ran(Struct, frozen=True, kw_only=True):
    """A trial that is done."""

    trial: TrialDescription
    number: int
    """Which run of this trial it was, from 0."""
    outcome: Outcome
    is_remembered: bool
    """Whether the journal knew it."""


class Bench:
    """Trials that are under way. When it is left, those that are not done are stopped."""

    def __init__(
        self,
        executor: Executor,
        journal: Journal | None = None,
        *,
        run: Callable[[TrialDescription], Outcome] = run_trial,
    ) -> None:
        self._executor = executor
        self._journal = journal
        self._run = run
        self._running: dict[Future[Outcome], tuple[TrialDescription, int]] = {}
        self._known: deque[Ran] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)

    def __len__(self) -> int:
        """How many trials have been asked for and not been given back."""
        return len(self._running) + len(self._known)

    def ask(self, trial: TrialDescription, number: int = 0) -> None:
        """Have a trial made; ``number`` tells runs of the same trial apart, none of which answers another."""
        known = None if self._journal is None else self._journal.outcome(trial.key, number)
        if known is None:
            self._running[self._executor.submit(self._run, trial)] = (trial, number)
        else:
            self._known.append(Ran(trial=trial, number=number, outcome=known, is_remembered=True))

    def next(self) -> Ran:
        """A trial that is done, in no order; it waits for one.

        :class:`~samestack.errors.SamestackError` where a trial could not be made for a reason that has
        nothing to do with its environment, such as an index that cannot be reached; ``LookupError`` where
        none is under way.
        """
        if not self._known:
            self._await()
        return self._known.popleft()

    def _await(self) -> None:
        if not self._running:
            raise LookupError("no trial is under way")
        done, _ = wait(self._running, return_when=FIRST_COMPLETED)
        # All that are done are written down before one that failed is raised.
        for future in sorted(done, key=lambda one: one.exception() is not None):
            trial, number = self._running.pop(future)
            outcome = _outcome(future)
            if self._journal is not None and outcome.ending not in _PASSING:
                self._journal.note(trial.key, number, outcome)
            self._known.append(Ran(trial=trial, number=number, outcome=outcome, is_remembered=False))


def _outcome(future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except LostError as error:
        return Outcome(ending=Ending.LOST, messages=error.message)
