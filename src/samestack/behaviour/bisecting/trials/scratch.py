"""The directory of a trial: it is held as long as somebody is at it, and cleared away when nobody is.

A process that is killed cannot clear away anything. The kernel lets go of what it held, so that the next
samestack knows by that which directories are nobody's.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

_START: Final = "samestack-trial-"
_PATIENCE_SECONDS: Final = 60.0
"""A directory is not held yet in the moment after it was made."""


@contextmanager
def scratch_directory() -> Iterator[Path]:
    """A new directory, which is removed at the end with all that is in it."""
    clear_away(Path(tempfile.gettempdir()))
    scratch = Path(tempfile.mkdtemp(prefix=_START))
    descriptor = os.open(scratch, os.O_RDONLY)
    try:
        _hold(descriptor)
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        os.close(descriptor)


@cache
def clear_away(parent: Path) -> None:
    """Remove what killed processes have left in a directory; once in the life of this one."""
    for path in parent.glob(f"{_START}*"):
        with contextlib.suppress(OSError):  # another user's, or gone
            status = path.lstat()
            is_old = time.time() - status.st_mtime > _PATIENCE_SECONDS
            if is_old and status.st_uid == os.getuid() and not path.is_symlink():
                _remove_if_free(path)


def _remove_if_free(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
    try:
        if _hold(descriptor):
            shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(descriptor)


def _hold(descriptor: int) -> bool:
    """Whether nobody held it; on file systems that know no such locks, nothing is ever free."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
