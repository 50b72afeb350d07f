"""One at a time on this machine: a lock file that says who holds it and since when.

The lock is the kernel's and ends with the process, however that ends; a file that stays behind locks nothing.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from samestack.errors import OutsideError, RequestError

_MAX_BYTES: Final = 4096
_TRIES: Final = 100


@contextlib.contextmanager
def alone(path: Path, what: str, who: str, when: str) -> Iterator[None]:
    """Hold a lock file; :class:`RequestError` says ``what`` goes on, by whom and since when."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = _held(path, what)
    except OSError as error:
        raise OutsideError(f"{path}: cannot be locked: {error.strerror}") from None
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{who}, since {when}, process {os.getpid()}\n".encode(), 0)
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(descriptor)


def _held(path: Path, what: str) -> int:
    """The descriptor of the file that stands there, locked."""
    for _ in range(_TRIES):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, _MAX_BYTES, 0).decode("utf-8", "replace").strip()
            os.close(descriptor)
            hint = "wait until it is done, then run this again"
            raise RequestError(f"{what} by {holder or 'another process'}", hint=hint) from None
        if _is_still_there(path, descriptor):
            return descriptor
        os.close(descriptor)  # whoever held it has just taken it away
    raise OutsideError(f"{path}: cannot be locked", hint="run it again")


def _is_still_there(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), os.fstat(descriptor))
    except FileNotFoundError:
        return False
