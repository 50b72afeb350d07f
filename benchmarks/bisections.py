"""Real library steps, hidden among unrelated ones: what a bisection takes, beside plain delta debugging."""

import os
import time
from math import log2
from pathlib import Path

from msgspec import Struct

from benchmarks.ddmin import Names, Shrunk, ddmin
from samestack.behaviour.bisecting.baseline import baseline_of
from samestack.behaviour.bisecting.bisection import Bisection
from samestack.behaviour.bisecting.changes import changes_of, hybrid
from samestack.behaviour.bisecting.entry import bisect, indexes_of
from samestack.behaviour.bisecting.graph import graph_of
from samestack.behaviour.bisecting.laboratory import Laboratory
from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.programs import program_of
from samestack.behaviour.bisecting.request import Request
from samestack.behaviour.bisecting.sides import sides_of
from samestack.behaviour.bisecting.trials.bench import Bench
from samestack.behaviour.bisecting.trials.local_executor import LocalExecutor
from samestack.progress import SILENT
from tests.services.known_steps import KNOWN_STEPS, KnownStep

_ABOUT = (
    "Each step is hidden among 27 or more packages that change as well and do nothing to the answer. Trials "
    "are the runs of the search; all runs are these with three of either side, the factors of the machine, "
    "the releases inside the culprit and the proofs. Seconds are wall-clock time, with packages that have "
    "to be unpacked for the first steps. ddmin is held to metadata by the same graph: what cannot be "
    "installed counts apart."
)
_HEAD = (
    "| step | changes | trials | at most | found | proved | all runs | seconds "
    "| ddmin: trials | unresolvable | found |\n|---|---|---|---|---|---|---|---|---|---|---|\n"
)


class Row(Struct, frozen=True, kw_only=True):
    """One step, found in either way."""

    step: KnownStep
    found: Bisection
    shrunk: Shrunk
    seconds: float

    def __str__(self) -> str:
        verdict, changes = self.found.verdict, len(self.found.changes)
        bound = 2 * len(self.step.culprits) * (log2(changes) + 2)
        culprits = [one.pivots for one in verdict.culprits] if verdict else []
        proved = "yes" if self.found.is_proven else "no"
        is_exact = self.shrunk.names == frozenset(self.step.culprits)
        others = "the same" if is_exact else f"{len(self.shrunk.names)} packages"
        return (
            f"| {', '.join(self.step.steps)} | {changes} | {verdict.trials if verdict else 0} | {bound:.1f} "
            f"| {' / '.join(map(', '.join, culprits))} | {proved} "
            f"| {self.found.costs.runs} | {self.seconds:.0f} | {self.shrunk.trials} "
            f"| {self.shrunk.unresolvable} | {others} |"
        )


def report(directory: Path) -> str:
    """The table, in Markdown."""
    os.environ["SAMESTACK_CACHE"] = str(directory / "cache")
    os.environ["SAMESTACK_STATE"] = str(directory / "state")
    rows = "\n".join(str(_row(step, directory / str(number))) for number, step in enumerate(KNOWN_STEPS))
    return f"# Real library steps, bisected\n\n{_ABOUT}\n\n{_HEAD}{rows}\n"


def _row(step: KnownStep, directory: Path) -> Row:
    directory.mkdir()
    for name, side in (("good", 0), ("bad", 1)):
        (directory / f"{name}.txt").write_text(step.requirements(side))
    (directory / "check.py").write_text(step.program)
    request = Request(
        good=str(directory / "good.txt"),
        bad=str(directory / "bad.txt"),
        python=step.python,
        command=("python", "check.py"),
        directory=directory,
    )
    started = time.monotonic()
    found = bisect(request, SILENT)
    return Row(step=step, found=found, seconds=time.monotonic() - started, shrunk=_shrunk(request))


def _shrunk(request: Request) -> Shrunk:
    """By plain delta debugging, with the same trials."""
    sides = sides_of(request, SILENT)
    changes = changes_of(sides)
    with Bench(LocalExecutor()) as bench:
        laboratory = Laboratory(bench, program_of(request), SILENT)
        baseline_of(laboratory, sides)
        needs = graph_of(sides, changes, frozenset(), indexes_of(sides)).needs

        def answer(names: Names) -> Answer:
            (outcome,) = laboratory.outcomes([(laboratory.described(hybrid(sides, names)), 0)], "ddmin")
            return laboratory.judged(outcome).told.answer

        return ddmin(
            list(changes), answer, lambda names: all(needs.get(one, frozenset()) <= names for one in names)
        )
