"""One platform decided: by rattler first, by uv on top, and by rattler again where the two do not agree."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.lock.conda.agreement import demands_on_conda
from samestack.lock.conda.conda_solver import CondaSolver, UnsolvedError
from samestack.lock.conda.earlier import Earlier
from samestack.lock.conda.hosts import uv_platform
from samestack.lock.conda.index_choice import IndexQuestion, choose_files
from samestack.lock.conda.locked_file import LockedFile
from samestack.lock.conda.platform_stack import PlatformStack, Records, python_of
from samestack.lock.conda.stand_ins import provided_by
from samestack.lock.conda.wishes import Wishes
from samestack.solve.conda.virtual_packages import CondaTarget
from samestack.solve.problem import Target, Wish
from samestack.solve.uv.index_settings import IndexSettings

_MOST_ROUNDS: Final = 4


class PlatformQuestion(Struct, frozen=True, kw_only=True):
    """Everything that the two solvers have to know of one platform."""

    wishes: Wishes
    channels: tuple[str, ...]
    target: CondaTarget
    directory: Path
    """The project's."""
    as_of: date | None = None
    earlier: Earlier = Earlier()
    settings: IndexSettings | None = None
    """``None`` where nothing is wanted of the index."""
    urls: bool = True


class IndexUnsolvedError(UnsolvedError):
    """The index has nothing that fits beside what conda brings."""

    def __init__(self, said: str, wishes: tuple[Wish, ...], target: Target) -> None:
        super().__init__(said)
        self.wishes = wishes
        """Those of the index, and as facts what conda brings."""
        self.target = target


def choose(question: PlatformQuestion) -> PlatformStack:
    """What is decided; :class:`UnsolvedError` where the wishes cannot be met."""
    solver = CondaSolver(question.channels, question.target, as_of=question.as_of)
    records = _records(question, solver, ())
    demands: tuple[str, ...] = ()
    for _ in range(_MOST_ROUNDS):
        try:
            return PlatformStack(target=question.target, records=records, files=_files(question, records))
        except IndexUnsolvedError as error:
            provided = provided_by(records)
            more = demands_on_conda(question.wishes.index, error.target, provided)
            if set(more) <= set(demands):
                raise
            demands = tuple(dict.fromkeys((*demands, *more)))
            records = _again(question, solver, demands, error)
    return PlatformStack(target=question.target, records=records, files=_files(question, records))


def _again(
    question: PlatformQuestion, solver: CondaSolver, demands: Sequence[str], error: IndexUnsolvedError
) -> Records:
    try:
        return _records(question, solver, demands)
    except UnsolvedError:  # then it is as the index has said
        raise error from None


def _records(question: PlatformQuestion, solver: CondaSolver, demands: Sequence[str]) -> Records:
    wishes = question.wishes
    texts = [wish.text for wish in wishes.conda]
    return solver.choose(texts, (*wishes.narrowing, *demands), question.earlier.records)


def _files(question: PlatformQuestion, records: Records) -> tuple[LockedFile, ...]:
    if question.settings is None:
        return ()
    target = Target(python=python_of(records), platform=uv_platform(question.target), as_of=question.as_of)
    asked = IndexQuestion(
        wishes=question.wishes.index,
        target=target,
        provided=provided_by(records),
        earlier=question.earlier.versions,
        urls=question.urls,
    )
    try:
        return choose_files(asked, question.settings, question.directory)
    except UnsolvedError as error:
        facts = (
            Wish(text=f"{name}=={one.version}", is_fixed=True, is_constraint=True)
            for name, one in asked.provided.items()
        )
        raise IndexUnsolvedError(error.message, (*asked.wishes, *facts), target) from None
