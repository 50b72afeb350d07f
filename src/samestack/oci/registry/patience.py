"""How long we wait for a registry, and how often we ask again."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from msgspec import Struct

from samestack.oci.registry.failures import PassingError


class Patience(Struct, frozen=True, kw_only=True):
    """The limits of time of everything that is asked of a registry; all are seconds."""

    attempts: int = 5
    """How often one thing is tried in all."""
    first: float = 1.0
    """The wait after the first failure; each further one is twice as long."""
    longest: float = 60.0
    """No wait is longer: a registry that asks for more is not waited for."""
    silence: float = 60.0
    """How long nothing may be heard on a connection."""
    whole: float = 300.0
    """How long one small answer may take in all: a document, and not a layer."""
    sleep: Callable[[float], None] = time.sleep


class Waiting:
    """One piece of work that fails now and then, and what is left of the patience with it."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._failures = 0

    def progressed(self) -> None:
        """Something was achieved: what went wrong before does not count any more."""
        self._failures = 0

    def after(self, failure: PassingError) -> None:
        """Wait before the next attempt; raises the failure where there will be none."""
        patience = self._patience
        self._failures += 1
        wait = max(failure.wait, min(patience.first * 2 ** (self._failures - 1), patience.longest))
        if self._failures >= patience.attempts or wait > patience.longest:
            raise failure
        patience.sleep(wait)


def seconds_asked(header: str, now: datetime | None = None) -> float:
    """What a header ``Retry-After`` asks for, as seconds or as a date; 0 where it says neither."""
    if re.fullmatch(r"[0-9]{1,9}", header.strip()):
        return float(header)
    try:
        until = parsedate_to_datetime(header)
        return max(0.0, (until.astimezone(UTC) - (now or datetime.now(UTC))).total_seconds())
    except (ValueError, OverflowError):
        return 0.0
