"""What a change can do."""

from enum import StrEnum


class Risk(StrEnum):
    """What a change can do to a program, worst first. ``UNKNOWN`` is an answer, not a gap."""

    BREAKS = "breaks"
    RESULTS = "results"
    SPEED = "speed"
    UNKNOWN = "unknown"
    NONE = "none"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return tuple(Risk).index(self)
