"""Programs that a sync has started and that outlived it: ended before they write into what comes after.

They bear the name of their environment as a variable, and hand it on to whatever they start themselves.
"""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_VARIABLE: Final = "SAMESTACK_SYNC"
_PROCESSES: Final = Path("/proc")
_PATIENCE_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 0.01


@contextlib.contextmanager
def marked(place: Path) -> Iterator[None]:
    """While this lasts, every program that is started bears the name of an environment."""
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = str(place)
    try:
        yield
    finally:
        if before is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = before


def end_orphans(place: Path) -> None:
    """End what bears the name of an environment, and wait until it is gone.

    To be called by whoever holds the directory, so that whoever started these is dead. Where the system does
    not show its processes, nothing happens.
    """
    latest = time.monotonic() + _PATIENCE_SECONDS
    while (found := _bearing(place)) and time.monotonic() < latest:
        for number in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(number, signal.SIGKILL)
        time.sleep(_PAUSE_SECONDS)


def _bearing(place: Path) -> list[int]:
    mark = b"\0" + os.fsencode(f"{_VARIABLE}={place}") + b"\0"
    files = _PROCESSES.glob("[0-9]*/environ")
    return [int(file.parent.name) for file in files if mark in b"\0" + _read(file)]


def _read(file: Path) -> bytes:
    """Of those of other users nothing, nor of those that have just ended."""
    try:
        return file.read_bytes()
    except OSError:
        return b""
