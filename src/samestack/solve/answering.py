"""From what was asked to the explanation: the right solver for each wish, and the answers together."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct, structs

from samestack.progress import Reporter
from samestack.solve.as_of import AsOf, day_of_pins
from samestack.solve.combined import combined
from samestack.solve.conda.conda_metadata import CondaMetadata
from samestack.solve.conda.conda_oracle import CondaOracle
from samestack.solve.conda.conda_syntax import restored, translated
from samestack.solve.conda.virtual_packages import CondaTarget
from samestack.solve.explain import explain
from samestack.solve.explanation import Explanation
from samestack.solve.index.index_metadata import IndexMetadata
from samestack.solve.limits import Limits
from samestack.solve.problem import Problem, Target
from samestack.solve.uv.uv_oracle import UvOracle
from samestack.solve.wish_files.asked import Asked

USUAL_CHANNEL: Final = "conda-forge"
"""Where conda packages are looked for when nobody names a channel."""


class Question(Struct, frozen=True, kw_only=True):
    """Everything that a solver has to know."""

    asked: Asked
    target: Target
    conda_target: CondaTarget
    limits: Limits = Limits()
    is_day_to_be_told: bool = False
    """Whether the pins are to tell the day that is solved as of."""
    notes: tuple[str, ...] = ()
    """What was decided and left out on the way here, in a sentence each."""


def answered(question: Question, reporter: Reporter) -> Explanation:
    """The explanation of all wishes, those of conda and those of the index."""
    told = _day_told(question) if question.is_day_to_be_told else None
    if told is not None:
        question = structs.replace(question, target=structs.replace(question.target, as_of=told.day))
    parts = list(_parts(question, reporter))
    explanation = parts[0] if len(parts) == 1 else combined(*parts)
    return explanation if told is None else structs.replace(explanation, as_of_reason=told.reason)


def _day_told(question: Question) -> AsOf:
    """The latest of the days that the wishes of the index and those of conda tell."""
    found = []
    if question.asked.wishes:
        with UvOracle(question.target) as oracle:
            metadata = IndexMetadata(oracle.settings, question.target)
            found.append(day_of_pins(question.asked.wishes, metadata))
    if question.asked.conda_wishes:
        conda = _Conda(question)
        found.append(day_of_pins(conda.problem.wishes, conda.metadata))
    days = [(one.day, one) for one in found if one.day is not None]
    return max(days, key=lambda pair: pair[0])[1] if days else found[0]


def _parts(question: Question, reporter: Reporter) -> Iterator[Explanation]:
    if question.asked.conda_wishes:
        yield _Conda(question).explained(question.limits, reporter)
    if question.asked.wishes or not question.asked.conda_wishes:
        yield _of_index(question, reporter)


def _of_index(question: Question, reporter: Reporter) -> Explanation:
    target = question.target
    problem = Problem(wishes=question.asked.wishes, target=target)
    with UvOracle(target) as oracle:
        metadata = IndexMetadata(oracle.settings, target)
        return explain(problem, oracle, metadata, limits=question.limits, reporter=reporter)


class _Conda:
    """conda's part of a question: its wishes, its channels and its host."""

    def __init__(self, question: Question) -> None:
        asked, target = question.asked, question.target
        self._wishes = translated(asked.conda_wishes)
        self._oracle = CondaOracle(
            asked.channels or (USUAL_CHANNEL,),
            question.conda_target,
            wishes=self._wishes,
            as_of=target.as_of,
        )
        self.metadata = CondaMetadata(self._oracle, self._wishes.names)
        self.problem = Problem(
            wishes=tuple(self._wishes.originals),
            # Python is a package like others to conda.
            target=structs.replace(target, python="", platform=question.conda_target.platform),
        )

    def explained(self, limits: Limits, reporter: Reporter) -> Explanation:
        """The explanation, in the words of who wrote the wishes."""
        found = explain(self.problem, self._oracle, self.metadata, limits=limits, reporter=reporter)
        return restored(found, self._wishes)
