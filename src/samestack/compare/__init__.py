"""What differs between two environments, and what each difference can do."""

from samestack.compare.changes import compare, patch
from samestack.compare.difference import Comparison, Difference, Reason, Relation, Side

__all__ = ["Comparison", "Difference", "Reason", "Relation", "Side", "compare", "patch"]
