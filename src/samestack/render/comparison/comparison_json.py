"""A comparison as JSON for programs, schema ``samestack/diff/1``."""

from typing import Final, Literal

from msgspec import Struct

from samestack.codec import encode
from samestack.compare.coverage import Coverage
from samestack.compare.difference import Comparison, Difference, Side
from samestack.render.comparison.counts import Counts, counts_of

DIFF_SCHEMA: Final = "samestack/diff/1"
"""The schema that is written."""


class DiffDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two environments held against each other: every change with its relation, its risk and the reasons."""

    schema: Literal["samestack/diff/1"]
    is_equal: bool
    """Whether nothing differs and nothing is left undecided."""
    before: Side
    after: Side
    counts: Counts
    differences: tuple[Difference, ...] = ()
    """The deepest layer first. A ``risk`` that is left out is ``none``."""
    coverage: Coverage | None = None
    """What the two pin and carry, where both only declare and one of them speaks of conda."""


def encode_comparison(comparison: Comparison) -> bytes:
    """The comparison as indented JSON, ending with a line break."""
    document = DiffDocument(
        schema=DIFF_SCHEMA,
        is_equal=comparison.is_equal,
        before=comparison.before,
        after=comparison.after,
        counts=counts_of(comparison),
        differences=comparison.differences,
        coverage=comparison.coverage,
    )
    return encode(document)
