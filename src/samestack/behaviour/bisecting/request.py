"""What is asked of a bisection: two environments, and a program that tells them apart."""

from pathlib import Path
from typing import Final

from msgspec import Struct

CONFIDENCE: Final = 0.99


class Effort(Struct, frozen=True, kw_only=True):
    """Who carries out the trials, and what each of them may take."""

    jobs: int = 1
    """How many trials are made at once on this machine."""
    executor: str = ""
    """``dask://HOST:PORT``; empty for this machine."""
    seconds: float = 600.0
    """Wall-clock time of one run; 0 for as long as it likes."""
    memory: int = 0
    """Bytes of one run; 0 for as much as there is."""
    trials: int = 1000
    """The most runs of the search."""
    confidence: float = CONFIDENCE
    """The least probability with which a verdict that is called proved is right."""


class Request(Struct, frozen=True, kw_only=True):
    """Two environments, and what is run in them and in all between."""

    good: str
    """A reference, or a day (``2022-05-01``) where there are requirements."""
    bad: str
    command: tuple[str, ...] = ()
    """Empty where there is a recording, which has one."""
    requirements: Path | None = None
    """A file that is decided as of the two days."""
    recording: Path | None = None
    """What the good environment answered, where not the exit status tells."""
    inputs: Path | None = None
    """Where the recorded inputs are, if not where they were."""
    python: str = ""
    """The interpreter of the trials: a series, a release or a path; empty for what the environments say."""
    directory: Path
    """Where the command is run; absolute."""
    effort: Effort = Effort()
    is_resumed: bool = False
    """Whether trials of an earlier bisection of the same count."""
