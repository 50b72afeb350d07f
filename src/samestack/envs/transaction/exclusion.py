"""One sync at a time: whoever works on the environments of a directory holds the directory itself.

The lock is the kernel's and ends with the process, however that ends: no lock file is left behind.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from samestack.errors import OutsideError

_PATIENCE_SECONDS: Final = 0.5
_PAUSE_SECONDS: Final = 0.02


@contextlib.contextmanager
def alone_in(directory: Path) -> Iterator[None]:
    """Hold a directory; :class:`OutsideError` where somebody does already."""
    descriptor = _opened(directory)
    try:
        _hold(descriptor, directory)
        yield
    finally:
        os.close(descriptor)


def _opened(directory: Path) -> int:
    try:
        return os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise OutsideError(f"{directory}: cannot be opened: {error.strerror}") from None


def _hold(descriptor: int, directory: Path) -> None:
    """Try for a moment: a program that is just being started holds it for a sync that was killed."""
    latest = time.monotonic() + _PATIENCE_SECONDS
    while not _is_held(descriptor):
        if time.monotonic() > latest:
            hint = "wait until it is done, then run this again"
            raise OutsideError(f"{directory}: another sync is at work here", hint=hint)
        time.sleep(_PAUSE_SECONDS)


def _is_held(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # Some network file systems know no such locks; two syncs at once there are the user's own business.
        return True
    return True
