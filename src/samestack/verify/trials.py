"""The builds of a search, as a reader wants them: numbered, judged, and held against the first one."""

from samestack.verify.search.bench import Build
from samestack.verify.search.search import Found, lasting
from samestack.verify.verification import Trial, Verdict


def trials_of(found: Found, asked: frozenset[str]) -> tuple[Trial, ...]:
    """All builds, in order. What fails in every one of them, and is not asked for, makes none of them bad."""
    unmendable = lasting(found) - asked
    first = found.base.selection.versions
    return tuple(
        _trial(number, build, unmendable, first) for number, build in enumerate(found.builds, start=1)
    )


def _trial(number: int, build: Build, unmendable: frozenset[str], first: dict[str, str]) -> Trial:
    failing = sorted({one.package for one in build.result.failures})
    versions = build.selection.versions
    verdict = Verdict.BAD if set(failing) - unmendable else Verdict.GOOD
    return Trial(
        number=number,
        verdict=Verdict.UNRESOLVED if build.result.trouble else verdict,
        why=build.why,
        constraints=build.constraints,
        as_of=build.day,
        packages=len(versions),
        changed=sum(first.get(name) != version for name, version in versions.items()),
        failing=tuple(failing),
        trouble=build.result.trouble,
    )
