"""A file in memory that nobody else can read, and that is gone afterwards, whatever happens."""

import contextlib
import os
import signal
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

from samestack.errors import OutsideError, RequestError
from samestack.files import remove_directory

_MOUNTS: Final = Path("/proc/self/mounts")
_IN_MEMORY: Final = ("tmpfs", "ramfs")
_ENDING_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP)


@contextlib.contextmanager
def private_file(name: str, content: bytes, memory: Path) -> Iterator[Path]:
    """The file, with mode 0600, alone in a directory of mode 0700 below ``memory``.

    The directory goes with all that an editor may have left in it, also when this process is told to end.
    """
    with _ending_as_an_exception():
        directory = Path(tempfile.mkdtemp(prefix="samestack-", dir=memory))
        try:
            path = directory / name
            _write(path, content)
            yield path
        finally:
            remove_directory(directory)
            if directory.exists():
                raise OutsideError(f"{directory}: cannot be removed, and holds secrets", hint="remove it")


def memory_directory(variables: Mapping[str, str], mounts: Path = _MOUNTS) -> Path:
    """A directory in memory that we may write to; :class:`RequestError` where there is none.

    ``mounts`` lists the file systems of this machine as Linux does.
    """
    kinds = _mounted(mounts)
    for place in filter(None, ("/dev/shm", variables.get("XDG_RUNTIME_DIR"))):  # noqa: S108 - it is checked
        path = Path(place)
        if path.is_dir() and os.access(path, os.W_OK | os.X_OK) and _kind_of(path, kinds) in _IN_MEMORY:
            return path
    raise RequestError(
        "there is no directory in memory for the decrypted text, and on a disk it would stay",
        hint="give it a tmpfs at /dev/shm, or change single values: samestack config rotate NAME",
    )


def _mounted(mounts: Path) -> dict[str, str]:
    """The kind of each file system by the place where it is mounted; of two at one place, the last counts."""
    try:
        lines = mounts.read_text(errors="replace").splitlines()
    except OSError:
        return {}
    fields = (line.split(" ") for line in lines)
    return {one[1]: one[2] for one in fields if len(one) > 2}


def _kind_of(path: Path, kinds: Mapping[str, str]) -> str:
    real = path.resolve()
    return next((kinds[str(place)] for place in (real, *real.parents) if str(place) in kinds), "")


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        raise OutsideError(f"{path}: cannot be written: {error.strerror}") from None


@contextlib.contextmanager
def _ending_as_an_exception() -> Iterator[None]:
    """Be told to end as by an exception, so that what has to be removed is; by default one just ends."""
    before = {number: signal.signal(number, _end) for number in _ENDING_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
