"""Why wishes cannot be met together, and the smallest changes that would do."""

from datetime import date

from msgspec import Struct

from samestack.solve.problem import Problem, Wish


class Demand(Struct, frozen=True, kw_only=True):
    """One step of a chain: somebody asks for something."""

    asker: str
    """``you``, ``the environment``, ``the target``, or a release: ``transformers 4.20.0``."""
    wanted: str
    """What is asked for, in the ecosystem's syntax: ``numpy<2,>=1.17``.

    Of the target, and of a release that it cannot have, in words: ``glibc 2.28``, ``Python 3.8 or 3.9``.
    """


class Chain(Struct, frozen=True):
    """From a wish to the demand that clashes, step by step."""

    demands: tuple[Demand, ...]


class Conflict(Struct, frozen=True, kw_only=True):
    """A minimal set of wishes that cannot be met together: without any one of them the others can."""

    wishes: tuple[Wish, ...]
    contested: str
    """What they cannot agree on: ``numpy``, ``python``, or the wish that nothing satisfies."""
    layer: str
    """Where it is refused: ``packages``, ``python``, ``os``, ``accelerator``, or in no ``index``."""
    chains: tuple[Chain, ...]
    """One for each wish, as far as metadata tells; and one for the target, where it is what refuses.

    A wish whose own demands clash has two.
    """
    sentence: str
    """The conflict in one sentence."""
    said: str = ""
    """What the solver itself said of it."""


class Edit(Struct, frozen=True, kw_only=True):
    """One wish written otherwise."""

    wish: Wish
    replacement: str
    """The wish as it would stand there; empty when it is taken out."""
    kept: str = ""
    """In words: what the new text allows that the old one did not."""


class Relaxation(Struct, frozen=True, kw_only=True):
    """Edits after which everything can be met; a solve has proved it."""

    edits: tuple[Edit, ...]
    distance: float
    """How far the versions move, the smaller the better; see ``relaxations.py``."""
    solution: tuple[str, ...]
    """What the proving solve chose, as pins: ``numpy==1.26.4``."""


class Explanation(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    problem: Problem
    is_met: bool
    """Whether all wishes can be met as they stand."""
    solution: tuple[str, ...] = ()
    """The pins, where they can be."""
    conflicts: tuple[Conflict, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    """The best first: the fewest wishes changed, then the least distance."""
    is_complete: bool = True
    """Whether every minimal conflict was found before the limit on solves."""
    as_of: date | None = None
    """The day that was solved as of, where one was chosen."""
    as_of_reason: str = ""
    """Why that day."""
    solves: int = 0
    """How many times the solver was asked."""
