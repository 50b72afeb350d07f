"""The search among hybrids, with real trials."""

from collections.abc import Callable

from samestack.behaviour.bisecting.laboratory import Laboratory
from samestack.behaviour.bisecting.lattice.search import Search
from samestack.behaviour.bisecting.lattice.trial import Trial
from samestack.behaviour.bisecting.lattice.verdict import Verdict
from samestack.behaviour.bisecting.trials.description import TrialEnvironment


def searched(
    search: Search, laboratory: Laboratory, environment_of: Callable[[frozenset[str]], TrialEnvironment]
) -> Verdict:
    """Make the trials that a search asks for until it has its verdict."""
    under_way: dict[tuple[str, int], Trial] = {}
    while search.verdict is None:
        for trial in search.next_trials():
            described = laboratory.described(environment_of(frozenset(trial.upgraded)))
            under_way[described.key, trial.number] = trial
            laboratory.ask(described, trial.number)
        ran = laboratory.next()
        done = under_way.pop((ran.trial.key, ran.number), None)
        if done is not None:
            told = laboratory.judged(ran.outcome).told
            search.tell(done, told.answer, told.reason or "")
            laboratory.reporter.advanced(
                f"run {laboratory.runs}, about {search.trials_left} to come: {done.why}"
            )
    return search.verdict
