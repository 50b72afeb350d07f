"""How many differences there are of each kind."""

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from samestack.compare.difference import Comparison, Relation
from samestack.model import Layer
from samestack.model.risk import Risk


class Counts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many changes a comparison has of each kind; a kind that it has none of is left out."""

    relations: Mapping[Relation, int]
    """Changes by how their two sides stand to each other."""
    risks: Mapping[Risk, int]
    """Changes that differ, by the gravest risk that is known."""
    layers: Mapping[Layer, int]
    """Changes that differ, by layer."""


def counts_of(comparison: Comparison) -> Counts:
    """Count the changes of a comparison; worst risk and deepest layer first."""
    differing = comparison.related(Relation.DIFFERS)
    relations = Counter(one.relation for one in comparison.differences)
    risks = Counter(one.risk for one in differing)
    layers = Counter(one.layer for one in differing)
    return Counts(
        relations={relation: relations[relation] for relation in Relation if relations[relation]},
        risks={risk: risks[risk] for risk in Risk if risks[risk]},
        layers={layer: layers[layer] for layer in Layer if layers[layer]},
    )
