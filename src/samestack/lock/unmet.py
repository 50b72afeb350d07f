"""What stands in place of a lock where the requirements cannot be met together."""

from typing import TYPE_CHECKING

from samestack.errors import SamestackError
from samestack.lock.terms import Terms

if TYPE_CHECKING:
    from samestack.solve.answering import Question


class UnmetError(SamestackError):
    """The solver has said that there is no solution; nothing was written."""

    exit_status = 1

    def __init__(self, said: str, terms: Terms, question: "Question | None" = None) -> None:
        super().__init__(
            "the requirements cannot be met together", hint="samestack explain says why, and what would do"
        )
        self.said = said
        """The solver's own words."""
        self.terms = terms
        self.question = question
        """What was asked of the side that has no solution, where that is not the whole project."""
