"""The first way to mend: what the findings themselves advise, as far as it can be had."""

from collections.abc import Iterator, Sequence

from samestack.verify.search.bench import Attempt, Bench
from samestack.verify.search.constraint_text import excludes, package_of
from samestack.verify.search.world import Failure, Selection

Remedy = tuple[str, ...]


def by_remedy(bench: Bench, state: Attempt) -> Iterator[Attempt]:
    """A better attempt, where some advice leads to one: first that for all failures together."""
    for remedy in _candidates(bench, state):
        attempt = bench.attempt((*state.constraints, *remedy), f"as advised, with {', '.join(remedy)}")
        if attempt is not None and attempt.is_better_than(state):
            yield attempt
            return


def _candidates(bench: Bench, state: Attempt) -> Iterator[Remedy]:
    alternatives = [_possible(bench, state, one) for one in state.mendable]
    firsts = [remedies[0] for remedies in alternatives if remedies]
    together = tuple(dict.fromkeys(text for remedy in firsts for text in remedy))
    alone = [remedy for remedies in alternatives for remedy in remedies]
    for remedy in dict.fromkeys((together, *alone)):
        if remedy and bench.decided((*state.constraints, *remedy)) is not None:
            yield remedy


def _possible(bench: Bench, state: Attempt, failure: Failure) -> Sequence[Remedy]:
    return [
        remedy
        for remedy in failure.remedies
        if _can_help(remedy, state.selection) and bench.decided((*state.constraints, *remedy)) is not None
    ]


def _can_help(remedy: Remedy, selection: Selection) -> bool:
    """Whether constraints can carry it: it changes a release, and brings no package that nobody asks for."""
    versions = selection.versions
    stated = [(text, versions.get(package_of(text))) for text in remedy]
    is_there = all(version is not None for _, version in stated)
    return is_there and any(version is not None and excludes(text, version) for text, version in stated)
