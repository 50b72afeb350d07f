"""The way in: a project's lock is decided, built, imported, and mended where it breaks."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import structs

from samestack.envs.transaction.interruption import ending_like_interrupts
from samestack.errors import OutsideError
from samestack.lock.deciding import decide
from samestack.lock.decision import Decision, LockOptions
from samestack.progress import SILENT, Reporter
from samestack.project.manifest import Constraint, Project
from samestack.project.wishes import wishes_of
from samestack.solve.conda.conda_syntax import translated
from samestack.solve.wanted import wanted
from samestack.verify.reasons import reason_of
from samestack.verify.search.bench import MOST_BUILDS
from samestack.verify.search.search import Found, is_whole, search
from samestack.verify.trials import trials_of
from samestack.verify.verification import Verification
from samestack.verify.workshop import Workshop


def verify(project: Project, options: LockOptions, reporter: Reporter) -> Verification:
    """Prove a lock by building it; where it breaks, find the least that mends it. Nothing is written.

    What :func:`samestack.lock.deciding.decide` raises, and :class:`~samestack.errors.OutsideError` where
    what was decided cannot be built here.
    """
    with (
        ending_like_interrupts(),
        tempfile.TemporaryDirectory(prefix="samestack-verify-", ignore_cleanup_errors=True) as name,
    ):
        reporter.started("verify", MOST_BUILDS)
        workshop = Workshop(project, options, Path(name).resolve(), reporter)
        found = search(workshop)
        reporter.finished()
        trial = workshop.trial(found.final.selection)
        constraints, asked = tuple(_constraints(found)), _asked(project, options)
        decision = _decision(project, options, constraints)
        platform = workshop.locks.platform
        _check_is_proved(decision, trial.decision, platform)
        return Verification(
            decision=decision,
            is_whole=is_whole(found, asked),
            constraints=constraints,
            trials=trials_of(found, asked),
            findings=workshop.findings(found.final.selection),
            notes=(*decision.notes, *workshop.locks.troubles, *_notes(found)),
            platform=platform,
            python=trial.python,
        )


def _asked(project: Project, options: LockOptions) -> frozenset[str]:
    """What is asked for by name, in the names that a lock has for it."""
    asked = wishes_of(project, options.extras, options.groups)
    said = (wanted(wish.text) for wish in asked.wishes if not wish.is_constraint)
    names = [one.key for one in said if one is not None]
    return frozenset((*names, *translated(asked.conda_wishes).names))


def _constraints(found: Found) -> Iterator[Constraint]:
    for mend in found.mends:
        yield Constraint(requirement=mend.requirement, reason=reason_of(mend))


def _notes(found: Found) -> Iterator[str]:
    built = len(found.builds)
    if found.is_ended_early and found.mends:
        yield f"the search ended after {built} builds: fewer or wider constraints may do as well"
    elif found.is_ended_early:
        yield f"the search ended after {built} builds, and found nothing that mends it"
    elif found.base.failures and not found.mends:
        yield "no constraint was found that mends it"


def _decision(project: Project, options: LockOptions, constraints: tuple[Constraint, ...]) -> Decision:
    """What was proved, decided for the place where it is to stand: its paths are relative to that."""
    constrained = structs.replace(options, constraints=(*options.constraints, *constraints))
    return decide(project, constrained, SILENT)


def _check_is_proved(decision: Decision, proved: Decision, platform: str) -> None:
    if decision.table.digests.get(platform) != proved.table.digests.get(platform):
        raise OutsideError(
            f"{decision.path}: the index offers other releases now than those that were verified",
            hint="nothing was written; verify it again",
        )
