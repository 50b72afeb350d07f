"""Wishes -> an explanation: every minimal conflict, and the smallest changes that a solve has proved."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import structs

from samestack.progress import SILENT, Reporter
from samestack.solve.conflicts.asking import Asking, Subsets
from samestack.solve.conflicts.conflict_words import described
from samestack.solve.conflicts.contests import Contest, contest
from samestack.solve.conflicts.minimal_conflicts import Members, OutOfSolves, minimal_conflicts, minimal_part
from samestack.solve.conflicts.web import Web
from samestack.solve.explanation import Explanation, Relaxation
from samestack.solve.limits import Limits
from samestack.solve.metadata import MetadataSource
from samestack.solve.oracle import Oracle
from samestack.solve.problem import Problem, Wish
from samestack.solve.relaxations.relaxing import Relaxing
from samestack.solve.uv.uv_words import names_in
from samestack.solve.wanted import wanted

__all__ = ["Limits", "explain"]


def explain(
    problem: Problem,
    oracle: Oracle,
    metadata: MetadataSource,
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    reporter: Reporter = SILENT,
) -> Explanation:
    """Whether the wishes can be met; and where they cannot, every reason and the nearest ways out."""
    reporter.started("solving")
    try:
        with Asking(oracle, limit=limits.solves, threads=limits.threads, reporter=reporter) as asking:
            return _Explaining(problem, asking, metadata, limits).explanation()
    finally:
        reporter.finished()


class _Explaining:
    """One problem on its way to its explanation."""

    def __init__(self, problem: Problem, asking: Asking, metadata: MetadataSource, limits: Limits) -> None:
        self._problem = problem
        self._asking = asking
        self._metadata = metadata
        self._limits = limits
        self._fixed = _facts(problem, asking)
        self._free = tuple(_each_once(problem.wishes))
        self._subsets = Subsets(asking, (*self._free, *self._fixed))
        self._facts = frozenset(range(len(self._free), len(self._free) + len(self._fixed)))

    def explanation(self) -> Explanation:
        """All of it."""
        found = minimal_conflicts(frozenset(range(len(self._free))), self._are_met, self._suspects)
        if found.is_complete and not found.conflicts:
            answer = self._asking.answer((*self._free, *self._fixed))
            return self._told(is_met=True, solution=answer.solution)
        self._asking.allow(self._limits.solves)
        parts = [members | self._facts_against(members) for members in found.conflicts]
        clashes = [self._clash(members) for members in parts]
        conflicts = tuple(described(wishes, found, said) for wishes, found, said in clashes)
        pairs = [(wishes, found) for wishes, found, _ in clashes]
        relaxing = Relaxing(self._asking, self._metadata, (*self._free, *self._fixed), pairs)
        corrections = [frozenset(self._wishes(one)) for one in found.corrections]
        best = relaxing.best(corrections, self._limits.relaxations)
        return self._told(
            is_met=False,
            conflicts=conflicts,
            relaxations=tuple(self._for_each_place(one) for one in best),
            is_complete=found.is_complete,
        )

    def _told(self, **what: Any) -> Explanation:  # noqa: ANN401 - the fields of an explanation
        day = self._problem.target.as_of
        return Explanation(problem=self._problem, as_of=day, solves=self._asking.solves, **what)

    def _are_met(self, sets: Sequence[Members]) -> list[bool]:
        return self._subsets.are_met([one | self._facts for one in sets])

    def _suspects(self, members: Members) -> Members:
        """The wishes for packages that the solver names: mostly it names little else."""
        named = names_in(self._subsets.said(members | self._facts))
        return frozenset(index for index in members if _key(self._free[index]) in named)

    def _facts_against(self, members: Members) -> Members:
        """A minimal set of facts that a minimal set of wishes clashes with; none where it clashes alone."""
        try:
            if not self._facts or not self._subsets.are_met([members])[0]:
                return frozenset()
        except OutOfSolves:
            return self._facts

        def are_met(sets: Sequence[Members]) -> list[bool]:
            return self._subsets.are_met([one | members for one in sets])

        named = names_in(self._subsets.said(members | self._facts))
        suspects = frozenset(index for index in self._facts if _key(self._wish(index)) in named)
        try:
            return minimal_part(self._facts, are_met, lambda _: suspects)
        except OutOfSolves:
            return suspects or self._facts

    def _clash(self, members: Members) -> tuple[tuple[Wish, ...], Contest | None, str]:
        """The wishes of a conflict, where they clash, and what the solver says of them alone."""
        wishes = self._wishes(members)
        said = self._subsets.said(members) or self._said(wishes)
        web = Web(self._metadata, wishes, names_in(said))
        return wishes, contest(web, wishes), said

    def _said(self, wishes: tuple[Wish, ...]) -> str:
        try:
            return self._asking.answer(wishes).said
        except OutOfSolves:
            return ""

    def _wishes(self, members: Members) -> tuple[Wish, ...]:
        return tuple(self._wish(index) for index in sorted(members))

    def _wish(self, index: int) -> Wish:
        return (*self._free, *self._fixed)[index]

    def _for_each_place(self, relaxation: Relaxation) -> Relaxation:
        """The relaxation with an edit for every place where a changed wish stands."""
        edits = [
            structs.replace(edit, wish=wish)
            for edit in relaxation.edits
            for wish in self._problem.wishes
            if _same(wish) == _same(edit.wish)
        ]
        return structs.replace(relaxation, edits=tuple(edits))


def _facts(problem: Problem, asking: Asking) -> tuple[Wish, ...]:
    """What is fixed; it only narrows where it does not hold together in itself."""
    fixed = tuple(wish for wish in problem.wishes if wish.is_fixed)
    if all(wish.is_constraint for wish in fixed) or asking.answer(fixed).is_met:
        return fixed
    # What is wrong within an installation is a matter of its own: `samestack check` tells it.
    return tuple(structs.replace(wish, is_constraint=True) for wish in fixed)


def _each_once(wishes: Iterable[Wish]) -> Iterable[Wish]:
    """The wishes that can be changed, of those that say the same the first."""
    first: dict[tuple[str, bool, bool], Wish] = {}
    for one in wishes:
        if not one.is_fixed:
            first.setdefault(_same(one), one)
    return first.values()


def _same(wish: Wish) -> tuple[str, bool, bool]:
    return wish.text, wish.is_constraint, wish.is_fixed


def _key(wish: Wish) -> str:
    said = wanted(wish.text)
    return said.key if said else ""
