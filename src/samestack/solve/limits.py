"""How much work an explanation may be."""

from msgspec import Struct


class Limits(Struct, frozen=True, kw_only=True):
    """The bounds; what was not finished within them is said, not hidden."""

    solves: int = 400
    """How often the solver may be asked to find the conflicts; as often again for the relaxations."""
    relaxations: int = 5
    """How many are given, the best ones."""
    threads: int = 0
    """How many solves run at once; 0 for a few more than there are processors."""
