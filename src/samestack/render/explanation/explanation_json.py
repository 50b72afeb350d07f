"""An explanation as JSON for programs, schema ``samestack/explanation/1``."""

from datetime import date
from typing import Final, Literal

from msgspec import Struct

from samestack.codec import encode
from samestack.render.explanation.explanation_text import Told, shareable
from samestack.solve.explanation import Conflict, Relaxation
from samestack.solve.problem import Problem

EXPLANATION_SCHEMA: Final = "samestack/explanation/1"
"""The schema that is written."""


class ExplanationDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why wishes can or cannot be met together, and the smallest changes that would do."""

    schema: Literal["samestack/explanation/1"]
    is_met: bool
    """Whether all wishes can be met as they stand."""
    is_complete: bool
    """Whether every minimal conflict was found before the limit on solves."""
    problem: Problem
    conflicts: tuple[Conflict, ...]
    """Every minimal set of wishes that exclude each other."""
    relaxations: tuple[Relaxation, ...]
    """The best first; ``--apply N`` counts them from 1."""
    solution: tuple[str, ...]
    """What the solver chose, as pins, where everything can be met."""
    solves: int
    """How many times the solver was asked."""
    notes: tuple[str, ...] = ()
    """Sentences: which Python was taken, what was left out."""
    as_of: date | None = None
    """The day that was solved as of, where one was chosen."""
    as_of_reason: str = ""
    """Why that day."""


def encode_explanation(told: Told) -> bytes:
    """The explanation as indented JSON, ending with a line break."""
    told = shareable(told)
    explanation = told.explanation
    document = ExplanationDocument(
        schema=EXPLANATION_SCHEMA,
        is_met=explanation.is_met,
        is_complete=explanation.is_complete,
        problem=explanation.problem,
        conflicts=explanation.conflicts,
        relaxations=explanation.relaxations,
        solution=explanation.solution,
        solves=explanation.solves,
        notes=told.notes,
        as_of=explanation.as_of,
        as_of_reason=explanation.as_of_reason,
    )
    return encode(document)
