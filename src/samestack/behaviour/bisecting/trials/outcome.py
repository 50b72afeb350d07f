"""What came of a trial, before anybody says whether that is good."""

import signal
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field


class Ending(StrEnum):
    """How a trial ended."""

    EXIT = "exit"
    """The program ended by itself, whatever its status."""
    SIGNAL = "signal"
    """A signal ended it that samestack did not send."""
    TIME = "time"
    """It took longer than it may."""
    MEMORY = "memory"
    """It took more memory than it may, or than there is."""
    OUTPUT = "output"
    """It wrote more than is kept."""
    BUILD = "build"
    """Its environment could not be made."""
    LOST = "lost"
    """The machines that were at it were lost, one after the other."""


class Outcome(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a trial ended, and what it left."""

    ending: Ending
    status: int = 0
    """The exit status, where it ended by itself."""
    signal: str = ""
    """``SIGSEGV``, where one ended it."""
    messages: str = ""
    """The end of what it wrote to standard error; why its environment could not be made."""
    output: bytes = b""
    """What it wrote to standard output, where the probe keeps that."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The files that it wrote into ``$SAMESTACK_OUTPUT`` by their paths there, where the probe keeps them."""
    seconds: float = 0.0
    """Wall-clock time of the program."""
    preparation_seconds: float = 0.0
    """Wall-clock time that its environment took."""
    peak_memory: int = 0
    """The most resident memory of one process, in bytes; 0 where it is not known."""
    notes: tuple[str, ...] = ()
    """What was done otherwise than usual, and why, in a sentence each."""


def signal_name(number: int) -> str:
    """``SIGSEGV`` of 11, ``signal 40`` of one without a name; empty for what is no signal."""
    if number not in range(1, signal.NSIG):
        return ""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
