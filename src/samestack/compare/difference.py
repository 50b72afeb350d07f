"""A change, judged: is it a difference at all, and what can it do?"""

from enum import StrEnum

from msgspec import Struct

from samestack.compare.coverage import Coverage
from samestack.model import Layer, Origin
from samestack.model.change import Change
from samestack.model.risk import Risk


class Relation(StrEnum):
    """How the two sides of a change stand to each other."""

    DIFFERS = "differs"
    """They contradict each other."""
    AGREES = "agrees"
    """They are not the same value, but nothing that both state is different: a requirement is met."""
    UNSTATED = "unstated"
    """One side does not speak of it: a requirements file says nothing of the kernel."""
    UNDECIDED = "undecided"
    """It cannot be told: a requirement in a syntax that cannot be evaluated here."""


class Reason(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Why a change bears a risk, in a sentence, and who says so."""

    risk: Risk
    text: str
    sources: tuple[str, ...] = ()
    dated: str = ""
    """The day on which this was last looked at, ISO 8601; empty for what follows from the change itself."""


class Difference(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A change with its relation and, where it differs, the gravest risk that is known and all reasons."""

    change: Change
    relation: Relation
    risk: Risk = Risk.NONE
    reasons: tuple[Reason, ...] = ()

    @property
    def layer(self) -> Layer:
        """The layer that the change is in."""
        return self.change.layer


class Side(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the two environments: where it came from, its stack's digest, how much it holds."""

    origin: Origin
    digest: str
    components: int


class Comparison(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Two environments, held against each other: every change, judged, the deepest layer first."""

    before: Side
    after: Side
    differences: tuple[Difference, ...] = ()
    coverage: Coverage | None = None
    """What the two pin and carry, where both only declare and one of them speaks of conda."""

    def related(self, relation: Relation) -> tuple[Difference, ...]:
        """The changes whose two sides stand in this relation."""
        return tuple(one for one in self.differences if one.relation is relation)

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs and nothing is left undecided."""
        return not self.related(Relation.DIFFERS) and not self.related(Relation.UNDECIDED)
