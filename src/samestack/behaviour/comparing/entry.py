"""Two values, compared as what they are."""

from typing import Final

from msgspec import Struct

from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import Tolerance

_MODULES: Final = {
    Kind.FLOAT: "floats",
    Kind.INTEGER: "integers",
    Kind.TEXT: "texts",
    Kind.CLASS: "classes",
    Kind.PROBABILITIES: "probabilities",
    Kind.TOP_K: "top_k",
    Kind.BOXES: "boxes",
    Kind.MASK: "masks",
    Kind.LABELS: "labels",
    Kind.EMBEDDING: "embeddings",
    Kind.PICTURE: "pictures",
    Kind.DISTRIBUTION: "distributions",
    Kind.METRIC: "metrics",
    Kind.LATENCY: "latencies",
    Kind.EXACT: "exact",
}


class Rule(Struct, frozen=True, kw_only=True):
    """How one field is compared."""

    kind: Kind
    tolerance: Tolerance
    """Of the kind, as :data:`~samestack.behaviour.comparing.defaults.TOLERANCES` has it."""
    types: frozenset[str] = frozenset()
    """What its values are made of in the reference; another type is a change of its own."""
    is_always_there: bool = True
    """Whether every repeat in the reference has it."""
