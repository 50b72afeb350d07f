"""Requirements that conda and the index cannot meet together, with the question that ``explain`` answers."""

from msgspec import structs

from samestack.lock.conda.conda_solver import UnsolvedError
from samestack.lock.conda.platform_choice import IndexUnsolvedError, PlatformQuestion
from samestack.lock.terms import Terms
from samestack.lock.unmet import UnmetError
from samestack.solve.answering import Question
from samestack.solve.limits import Limits
from samestack.solve.problem import Target, Wish
from samestack.solve.wish_files.asked import Asked

_LIMITS = Limits(solves=120)


def unmet(error: UnsolvedError, asked: PlatformQuestion, terms: Terms) -> UnmetError:
    """The error for whoever asked for the lock; what conda brings are facts to the index."""
    if isinstance(error, IndexUnsolvedError):
        question = _question(asked, Asked(wishes=error.wishes), error.target)
    else:
        narrowing = (Wish(text=text, is_constraint=True) for text in asked.wishes.narrowing)
        wishes = (*asked.wishes.conda, *narrowing)
        question = _question(asked, Asked(conda_wishes=wishes, channels=asked.channels), Target(python="3"))
    return UnmetError(error.message, terms, question)


def _question(asked: PlatformQuestion, wishes: Asked, target: Target) -> Question:
    return Question(
        asked=wishes,
        target=structs.replace(target, as_of=asked.as_of),
        conda_target=asked.target,
        limits=_LIMITS,
        notes=(f"decided for {asked.target.platform}",),
    )
