"""One bisection from the first run to the last proof, step by step."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten
from typing import Final

from msgspec import Struct, structs

from samestack.behaviour.bisecting.baseline import Baseline, baseline_of
from samestack.behaviour.bisecting.bisection import Bisection
from samestack.behaviour.bisecting.changes import PYTHON, hybrid
from samestack.behaviour.bisecting.factors import TriedFactor, factors_for, tried_factors
from samestack.behaviour.bisecting.graph import Graph, graph_of, markers_of
from samestack.behaviour.bisecting.laboratory import Laboratory
from samestack.behaviour.bisecting.lattice.limits import Limits
from samestack.behaviour.bisecting.lattice.search import search
from samestack.behaviour.bisecting.lattice.verdict import Culprit, Verdict
from samestack.behaviour.bisecting.pins import pin_text
from samestack.behaviour.bisecting.program import imported_packages
from samestack.behaviour.bisecting.proving import Proof, claims_of, held_back_claim, least_held_back, proved
from samestack.behaviour.bisecting.request import Request
from samestack.behaviour.bisecting.searching import searched
from samestack.behaviour.bisecting.settling import Certainty
from samestack.behaviour.bisecting.side import Sides
from samestack.behaviour.bisecting.trials.description import TrialEnvironment
from samestack.behaviour.bisecting.within import Setting, Shelf, Within, turned
from samestack.model.change import Change
from samestack.project.manifest import Constraint
from samestack.solve.metadata import MetadataSource

_SHOWN: Final = 80
"""Characters of a command in the reason of a constraint."""


class Matter(Struct, frozen=True, kw_only=True):
    """What an inquiry is about."""

    request: Request
    sides: Sides
    changes: Mapping[str, Change]
    indexes: tuple[MetadataSource, MetadataSource]
    """What can be had for the interpreter of the good side, and for that of the bad one."""
    workers: int = 1


class Inquiry:
    """Steps that build on each other; what is expensive is done once."""

    def __init__(self, matter: Matter, laboratory: Laboratory) -> None:
        self._matter = matter
        self._laboratory = laboratory
        self._changes = frozenset(matter.changes)
        self._notes: list[str] = []

    def bisection(self) -> Bisection:
        """All of it; without a verdict where the two sides are not what they are said to be."""
        baseline = baseline_of(self._laboratory, self._matter.sides)
        found = self._begun(baseline)
        if not baseline.trouble:
            found = self._concluded(found)
        notes = (*baseline.notes, *self._notes, *self._laboratory.notes)
        return structs.replace(found, notes=notes)

    def _begun(self, baseline: Baseline) -> Bisection:
        sides = self._matter.sides
        return Bisection(
            good=sides.good.name,
            bad=sides.bad.name,
            python=sides.good.python,
            program=self._laboratory.program.said,
            changes=self._matter.changes,
            baseline=baseline,
        )

    def _concluded(self, begun: Bisection) -> Bisection:
        baseline, graph = begun.baseline, self._graph()
        factors = self._factors(baseline)
        verdict = self._verdict(graph, baseline)
        certainty = self._certainty(baseline, verdict)
        within = tuple(self._within(verdict, graph, certainty))
        proofs, pivots = self._proofs(verdict, graph, certainty)
        return structs.replace(
            begun,
            factors=factors,
            verdict=verdict,
            within=within,
            proofs=proofs,
            pins=tuple(self._pins(pivots, within)),
        )

    def _factors(self, baseline: Baseline) -> tuple[TriedFactor, ...]:
        sides = self._matter.sides
        factors = factors_for(sides.bad.packages.keys(), baseline.bad[0].outcome)
        return tuple(tried_factors(self._laboratory, sides, factors))

    def _graph(self) -> Graph:
        request, matter = self._matter.request, self._matter
        imported = imported_packages(self._laboratory.program.words, request.directory)
        return graph_of(matter.sides, matter.changes, imported, matter.indexes)

    def _verdict(self, graph: Graph, baseline: Baseline) -> Verdict:
        effort = self._matter.request.effort
        limits = Limits(confidence=effort.confidence, flakes=baseline.flakes, trials=effort.trials)
        begun = search(graph.atoms, graph.needs, limits, workers=self._matter.workers)
        return searched(begun, self._laboratory, self._environment)

    def _certainty(self, baseline: Baseline, verdict: Verdict) -> Certainty:
        doubt = 1 - self._matter.request.effort.confidence
        return Certainty(flakes=baseline.flakes, error=doubt / (2 + len(verdict.culprits)))

    def _environment(self, upgraded: frozenset[str]) -> TrialEnvironment:
        return hybrid(self._matter.sides, upgraded)

    def _within(self, verdict: Verdict, graph: Graph, certainty: Certainty) -> Iterator[Within]:
        """Inside each pivot, the releases between its two sides."""
        for culprit in verdict.culprits:
            settings = self._settings(culprit, verdict, graph)
            for name in (one for one in culprit.pivots if one != PYTHON):
                bad_python = PYTHON in culprit.names
                shelf = Shelf(
                    index=self._matter.indexes[bad_python],
                    markers=markers_of(settings[0].environment.python),
                    certainty=certainty,
                    workers=self._matter.workers,
                )
                found = turned(self._matter.changes[name], settings, shelf, self._laboratory)
                if found is not None:
                    yield found

    def _settings(self, culprit: Culprit, verdict: Verdict, graph: Graph) -> Sequence[Setting]:
        """The least that is bad with a culprit, and the most that is bad by nothing but it."""
        least = frozenset(culprit.names)
        most = (self._changes - frozenset(verdict.held_back)) | least
        return [
            Setting(environment=self._environment(one), requirements=graph.requirements(one))
            for one in dict.fromkeys((least, most))
        ]

    def _proofs(
        self, verdict: Verdict, graph: Graph, certainty: Certainty
    ) -> tuple[tuple[Proof, ...], tuple[str, ...]]:
        """The proofs, and the pivots that are enough to hold back."""
        claims = list(claims_of(verdict, self._changes))
        pivots = tuple(name for one in verdict.culprits for name in one.pivots)
        if not verdict.culprits or not verdict.held_back:
            return proved(claims, self._laboratory, self._environment, certainty), pivots
        chosen, held_back = least_held_back(verdict.culprits, graph.needs)
        proofs = proved(claims, self._laboratory, self._environment, certainty)
        if held_back < frozenset(verdict.held_back) and set(chosen) < set(pivots):
            claim = held_back_claim(held_back, self._changes)
            (proof,) = proved([claim], self._laboratory, self._environment, certainty)
            if proof.holds:
                return (*proofs, proof), chosen
        return proofs, pivots

    def _pins(self, pivots: Sequence[str], found: Sequence[Within]) -> Iterator[Constraint]:
        inside = {one.package: one for one in found}
        for name in pivots:
            change = self._matter.changes[name]
            text = "" if name == PYTHON else pin_text(change, inside.get(name))
            if text:
                yield Constraint(requirement=text, reason=self._reason(change, inside.get(name)))
            else:
                self._notes.append(f"no constraint can hold back {name}: {_said(change)}")

    def _reason(self, change: Change, found: Within | None) -> str:
        first_bad = found.first_bad if found is not None else change.after and change.after.version
        since = f"since {change.name} {first_bad}" if first_bad else f"without {change.name}"
        # One line, since it becomes a comment in files that are read by lines.
        said = shorten(self._laboratory.program.said, _SHOWN, placeholder=" ...")
        return f"{since} it is bad: {said} (samestack bisect)"


def _said(change: Change) -> str:
    if change.before is None:
        return f"{change.component.label} came new"
    if change.after is None:
        return f"{change.before.label} is gone"
    return f"{change.before.label} became {change.after.label}"
