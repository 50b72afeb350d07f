"""What a bisection is about: changes that can be upgraded, and which of them need others upgraded."""

from collections.abc import Mapping

from msgspec import Struct


class Atom(Struct, frozen=True):
    """One change between the good and the bad environment, which is upgraded as a whole or not at all."""

    name: str
    weight: float = 1.0
    """How likely it is to blame, beside the others; not negative."""


Implications = Mapping[str, frozenset[str]]
"""By name of a change, the names of those that have to be upgraded where it is."""
