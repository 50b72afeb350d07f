"""The search: from what breaks to the fewest and widest constraints under which it does not.

Each way to mend yields ever better attempts. The best one counts, also where the builds are spent halfway.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Final

from msgspec import Struct

from samestack.verify.search.bench import MOST_BUILDS, Attempt, Bench, Build, BuildsSpentError
from samestack.verify.search.by_date import by_date
from samestack.verify.search.by_remedy import by_remedy
from samestack.verify.search.constraint_text import joined, package_of
from samestack.verify.search.world import Failure, World

_WAYS: Final = (by_remedy, by_date)


class Mend(Struct, frozen=True, kw_only=True):
    """One constraint that is needed, and what fails without it."""

    requirement: str
    mended: tuple[Failure, ...]
    """What fails without it, and does not with it."""
    instead_of: str = ""
    """The release that would be chosen without it."""


class Found(Struct, frozen=True, kw_only=True):
    """What a search came to."""

    base: Attempt
    """As it was decided at first."""
    final: Attempt
    """The best one; the base itself where nothing is better."""
    mends: tuple[Mend, ...]
    """One for each package that has to be constrained."""
    builds: tuple[Build, ...]
    is_ended_early: bool
    """Whether it would have gone on, had more builds been allowed."""


def search(world: World, most_builds: int = MOST_BUILDS) -> Found:
    """Decide, build, and mend what breaks; a :class:`ValueError` where not even the base can be decided."""
    bench = Bench(world, most_builds)
    base = bench.attempt((), "as it is decided")
    if base is None:
        raise ValueError("nothing meets what is asked for")
    best, is_ended_early = base, False
    try:
        for attempt in _attempts(bench, base):
            best = attempt
    except BuildsSpentError:
        is_ended_early = True
    final = best if best.is_better_than(base) else base
    return Found(
        base=base,
        final=final,
        mends=_mends(bench, base, final),
        builds=tuple(bench.builds),
        is_ended_early=is_ended_early,
    )


def is_whole(found: Found, asked: frozenset[str]) -> bool:
    """Whether nothing fails in the end that is asked for by name, or that was whole in any of the builds."""
    failing = found.final.packages
    return not found.final.result.trouble and not failing & asked and failing <= lasting(found)


def lasting(found: Found) -> frozenset[str]:
    """The packages that fail in every build that has them: whatever is chosen, no lock mends them."""
    built = [one for one in found.builds if not one.result.trouble]
    failing = {one.package for build in built for one in build.result.failures}
    return frozenset(failing - {name for build in built for name in _whole_in(build)})


def _whole_in(build: Build) -> set[str]:
    return build.selection.versions.keys() - {one.package for one in build.result.failures}


def _attempts(bench: Bench, base: Attempt) -> Iterator[Attempt]:
    """All that mends more, and then what mends as much with less."""
    best = base
    for attempt in _improvements(bench, base):
        best = attempt
        yield best
    yield from _pruned(bench, best)


def _improvements(bench: Bench, base: Attempt) -> Iterator[Attempt]:
    """Better and better attempts, until no way leads further or back to what was there before."""
    state, seen = base, {base.causes}
    while state.mendable:
        before = state
        for way in _WAYS:
            for state in way(bench, before):
                yield state
            if state is not before:
                break
        if state.causes in seen:
            return
        seen.add(state.causes)


def _pruned(bench: Bench, final: Attempt) -> Iterator[Attempt]:
    """As good with ever fewer constraints: those are tried first that a choice hangs on.

    So of two that mean the same the wider one stays.
    """
    for text in sorted(final.constraints, key=lambda text: not _has_effect(bench, final, text)):
        without = bench.attempt(_but(final.constraints, text), f"without {text}")
        if without is not None and without.is_as_good_as(final):
            final = without
            yield final


def _has_effect(bench: Bench, attempt: Attempt, text: str) -> bool:
    return bench.decided(_but(attempt.constraints, text)) != attempt.selection


def _but(constraints: Sequence[str], text: str) -> tuple[str, ...]:
    return tuple(one for one in constraints if one != text)


def _mends(bench: Bench, base: Attempt, final: Attempt) -> tuple[Mend, ...]:
    by_package: dict[str, list[str]] = {}
    for text in final.constraints:
        by_package.setdefault(package_of(text), []).append(text)
    return tuple(_mend(bench, base, final, package, texts) for package, texts in sorted(by_package.items()))


def _mend(bench: Bench, base: Attempt, final: Attempt, package: str, texts: Sequence[str]) -> Mend:
    rest = tuple(one for one in final.constraints if one not in texts)
    without = bench.known(rest) or base
    return Mend(
        requirement=reduce(joined, texts),
        mended=tuple(one for one in without.failures if (one.package, one.cause) not in final.causes),
        instead_of=without.selection.versions.get(package, ""),
    )
