"""The way in: two environments that answer differently become the changes that do it, with proof."""

import time
from contextlib import ExitStack

from msgspec import structs

from samestack.behaviour.bisecting.bisection import Bisection, Costs
from samestack.behaviour.bisecting.changes import changes_of
from samestack.behaviour.bisecting.inquiry import Inquiry, Matter
from samestack.behaviour.bisecting.journals import journal_of
from samestack.behaviour.bisecting.laboratory import Laboratory
from samestack.behaviour.bisecting.programs import program_of
from samestack.behaviour.bisecting.request import Request
from samestack.behaviour.bisecting.side import Sides
from samestack.behaviour.bisecting.sides import notes_of, sides_of
from samestack.behaviour.bisecting.trials.bench import Bench
from samestack.behaviour.bisecting.trials.executors import executor_at
from samestack.envs.transaction.interruption import ending_like_interrupts
from samestack.errors import RequestError
from samestack.progress import Reporter
from samestack.solve.index.index_metadata import IndexMetadata
from samestack.solve.metadata import MetadataSource
from samestack.solve.problem import Target
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program


def bisect(request: Request, reporter: Reporter) -> Bisection:
    """Find what makes the bad environment bad.

    :class:`RequestError` for what no trial can be made of, and where the two do not differ;
    :class:`~samestack.errors.OutsideError` where trials cannot be made: no index, disk or worker.
    """
    started = time.monotonic()
    program = program_of(request)
    sides = sides_of(request, reporter)
    changes = changes_of(sides)
    if not changes:
        raise RequestError(f"{sides.good.name} and {sides.bad.name} have the same packages: nothing differs")
    with ending_like_interrupts(), ExitStack() as stack:
        journal = journal_of(request, sides, program)
        if journal is not None:
            stack.enter_context(journal)
        executor = executor_at(request.effort.executor, jobs=request.effort.jobs)
        bench = stack.enter_context(Bench(executor, journal))
        laboratory = Laboratory(bench, program, reporter)
        matter = Matter(
            request=request, sides=sides, changes=changes, indexes=indexes_of(sides), workers=executor.workers
        )
        reporter.started(f"bisect {len(changes)} changes")
        found = Inquiry(matter, laboratory).bisection()
        reporter.finished()
    seconds = time.monotonic() - started
    costs = Costs(runs=laboratory.runs, remembered=laboratory.remembered, seconds=seconds)
    return structs.replace(found, notes=(*notes_of(sides), *found.notes), costs=costs)


def indexes_of(sides: Sides) -> tuple[MetadataSource, MetadataSource]:
    """The user's indexes, read for either interpreter; one where they have the same."""
    settings = index_settings(uv_program())
    good = IndexMetadata(settings, Target(python=sides.good.python))
    if sides.good.python == sides.bad.python:
        return good, good
    return good, IndexMetadata(settings, Target(python=sides.bad.python))
