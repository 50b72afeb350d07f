"""A place outside that says nothing: why, in words that hold nothing of what it keeps."""

from enum import StrEnum

from samestack.errors import OutsideError


class Reason(StrEnum):
    """Why a source says nothing."""

    UNREACHABLE = "unreachable"
    """Nobody answers, or not in time."""
    DENIED = "denied"
    """It answers that we may not read."""
    MISSING = "missing"
    """There is no such file, path, secret or prefix."""
    EMPTY = "empty"
    """It is there, or may be, and has nothing. Consul answers so to those who may not read."""


class SourceError(OutsideError):
    """A source that cannot be read: a store or a cluster that is down, denied or empty. It holds no value."""

    def __init__(self, source: str, reason: Reason, message: str, *, hint: str | None = None) -> None:
        super().__init__(f"{source}: {message}", hint=hint)
        self.source = source
        self.reason = reason


def unexpected(status: int, source: str) -> SourceError:
    """That a server answered with a status that says nothing about the place that is asked for."""
    fault = "it is overloaded" if status == 429 else f"it answers with status {status}"
    return SourceError(source, Reason.UNREACHABLE, fault)
