"""What a solver is to the algorithms: something that says whether wishes can be met together."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from samestack.solve.problem import Wish


class Answer(Struct, frozen=True, kw_only=True):
    """What a solver said of some wishes."""

    is_met: bool
    solution: tuple[str, ...] = ()
    """Pins, where they can be met."""
    said: str = ""
    """The solver's own words, where they cannot."""


class Oracle(Protocol):
    """A solver with its target and its index; asked many times, also from several threads at once."""

    def solve(self, wishes: Sequence[Wish]) -> Answer:
        """Whether these can be met together.

        :class:`~samestack.errors.OutsideError` when the solver could not be asked (no index, no network):
        that is never taken for a conflict.
        """
