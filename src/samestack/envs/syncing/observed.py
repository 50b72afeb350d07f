"""What is in an environment, as far as a lock decides it."""

from collections.abc import Mapping

from msgspec import Struct, field

from samestack.model import Kind, Stack


class Observed(Struct, frozen=True, kw_only=True):
    """An environment that is there."""

    kind: Kind
    """A virtual environment, or conda's."""
    python: str = ""
    """The release of its interpreter; empty where that is gone."""
    stack: Stack = Stack()
    """What it holds of its own, without what the system or its base Python has."""
    verdicts: Mapping[str, bool] = field(default_factory=dict)
    """By marker, whether it holds there, as far as that was asked before."""
