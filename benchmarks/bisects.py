"""Steps of real libraries that change answers: a bisection of each, beside plain delta debugging."""

import os
from collections.abc import Mapping, Sequence
from math import log2
from pathlib import Path
from random import Random
from statistics import mean

from msgspec import Struct

from benchmarks.ddmin import Shrunk, ddmin
from samestack.behaviour.bisecting.baseline import baseline_of
from samestack.behaviour.bisecting.bisection import Bisection
from samestack.behaviour.bisecting.changes import changes_of, hybrid
from samestack.behaviour.bisecting.entry import bisect, indexes_of
from samestack.behaviour.bisecting.graph import graph_of
from samestack.behaviour.bisecting.laboratory import Laboratory
from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.programs import program_of
from samestack.behaviour.bisecting.request import Request
from samestack.behaviour.bisecting.side import Sides
from samestack.behaviour.bisecting.sides import sides_of
from samestack.behaviour.bisecting.trials.bench import Bench
from samestack.behaviour.bisecting.trials.local_executor import LocalExecutor
from samestack.progress import SILENT
from tests.services.bisect_cases.cases import Case, case, case_names, written

Needs = Mapping[str, frozenset[str]]

ORDERS = 3
"""Delta debugging depends on the order of what it halves: so many are tried."""
_HEAD = (
    "| case | changes | to blame | trials | bound | named, and proved both ways | seconds "
    "| ddmin: trials | unresolvable | named |\n|---|---:|---:|---:|---:|---|---:|---:|---:|---|"
)


class Row(Struct, frozen=True, kw_only=True):
    """One case, solved in both ways."""

    name: str
    case: Case
    found: Bisection
    shrunk: tuple[Shrunk, ...]
    """What delta debugging came to, in one order of the changes and in others."""

    @property
    def blamed(self) -> frozenset[str]:
        """Who has to be named."""
        return frozenset().union(*self.case.blamed)

    @property
    def trials(self) -> int:
        """Those of the search; 0 where there was nothing to search for."""
        return self.found.verdict.trials if self.found.verdict is not None else 0

    @property
    def bound(self) -> float:
        """The most that the search may take where nothing crashes."""
        return 2 * len(self.blamed) * (log2(len(self.found.changes)) + 2)

    @property
    def is_found(self) -> bool:
        """Whether exactly the culprits were named, with both proofs."""
        verdict = self.found.verdict
        named = {frozenset(one.pivots) for one in verdict.culprits} if verdict is not None else set()
        return self.found.is_proven and named == self.case.blamed

    def __str__(self) -> str:
        return (
            f"| {self.name} | {len(self.found.changes)} | {len(self.blamed)} | {self.trials} "
            f"| {self.bound:.1f} | {'yes' if self.is_found else '**no**'} "
            f"| {self.found.costs.seconds:.0f} | {mean(one.trials for one in self.shrunk):.1f} "
            f"| {mean(one.unresolvable for one in self.shrunk):.1f} | {self._shrunk_to()} |"
        )

    @property
    def exact(self) -> int:
        """How often delta debugging named a culprit, and nobody else."""
        return sum(one.names in self.case.blamed for one in self.shrunk)

    def _shrunk_to(self) -> str:
        text = f"{self.exact} of {len(self.shrunk)}"
        if len(self.case.blamed) > 1:
            return f"{text}, one of the two"
        most = max(len(one.names) for one in self.shrunk)
        return text if self.exact == len(self.shrunk) else f"{text}, else up to {most} packages"


def report(directory: Path) -> str:
    """Solve all of them, and say it in Markdown."""
    os.environ["SAMESTACK_CACHE"] = str(directory / "cache")
    os.environ["SAMESTACK_STATE"] = str(directory / "state")
    rows = [row(name, directory / name) for name in case_names()]
    return "\n".join((*_heading(), _HEAD, *map(str, rows), "", *_sum(rows), ""))


def row(name: str, directory: Path) -> Row:
    """One case: plain delta debugging first, which also unpacks all packages, and then the bisection."""
    directory.mkdir()
    one = case(name)
    request = written(one, directory)
    shrunk = _shrunk(request)
    return Row(name=name, case=one, found=bisect(request, SILENT), shrunk=shrunk)


def _shrunk(request: Request) -> tuple[Shrunk, ...]:
    """What delta debugging leaves of all changes, in several orders of them."""
    sides = sides_of(request, SILENT)
    changes = changes_of(sides)
    needs = graph_of(sides, changes, frozenset(), indexes_of(sides)).needs
    with Bench(LocalExecutor(1)) as bench:
        laboratory = Laboratory(bench, program_of(request), SILENT)
        baseline = baseline_of(laboratory, sides)
        if baseline.trouble:
            raise RuntimeError(f"{baseline.trouble}\n{baseline.messages}")
        return tuple(
            ddmin(
                Random(seed).sample(sorted(changes), len(changes)),  # noqa: S311 - an order, no secret
                lambda upgraded: _answer(laboratory, sides, upgraded),
                lambda upgraded: _is_consistent(upgraded, needs),
            )
            for seed in range(ORDERS)
        )


def _answer(laboratory: Laboratory, sides: Sides, upgraded: frozenset[str]) -> Answer:
    trial = laboratory.described(hybrid(sides, upgraded))
    (outcome,) = laboratory.outcomes([(trial, 0)], "delta debugging")
    return laboratory.judged(outcome).told.answer


def _is_consistent(upgraded: frozenset[str], needs: Needs) -> bool:
    return all(needs.get(name, frozenset()) <= upgraded for name in upgraded)


def _heading() -> Sequence[str]:
    return (
        "# Bisections of real libraries",
        "",
        (
            "Each case is a program whose answer hangs on a step of a library, hidden among packages that"
            " change and have no part in it (tests/services/bisect_cases). Trials are those of the search:"
            " both sides, the releases inside a culprit, and the proofs come to it for either way. Seconds"
            " are of the whole bisection, one trial after the other, its packages unpacked. ddmin is the mean"
            f" of {ORDERS} orders of the changes, which it depends on; what metadata refuse it cannot build,"
            " which is counted apart and costs it nothing."
        ),
        "",
    )


def _sum(rows: Sequence[Row]) -> Sequence[str]:
    kept = sum(one.is_found and one.trials <= one.bound for one in rows)
    exact, times = sum(one.exact for one in rows), ORDERS * len(rows)
    trials = mean(one.trials for one in rows)
    others = mean(shrunk.trials for one in rows for shrunk in one.shrunk)
    return (
        (
            f"{kept} of {len(rows)} found, proved and within the bound of 2·c·(log2 n + 2) trials; on average"
            f" {trials:.1f} trials. ddmin: {exact} of {times}, on average {others:.1f} trials."
        ),
    )
