"""What probes and readers bring back: components of any layers, and what was odd."""

from collections.abc import Iterable
from typing import Self

from msgspec import Struct

from samestack.model import Component, Remark


class Observation(Struct, frozen=True):
    """Components of any layers, in no order, and remarks."""

    components: tuple[Component, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @classmethod
    def joined(cls, observations: Iterable["Observation"]) -> Self:
        """All that several observations found."""
        gathered = tuple(observations)
        return cls(
            tuple(component for one in gathered for component in one.components),
            tuple(remark for one in gathered for remark in one.remarks),
        )
