"""The time in which one program writes into a layout: alone, and nothing is left of what failed."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from samestack.errors import OutsideError, RequestError
from samestack.oci.layout.destination import PARTIAL, LayoutDestination
from samestack.oci.layout.files import is_layout


@contextlib.contextmanager
def writing_layout(directory: Path) -> Iterator[LayoutDestination]:
    """A directory as a destination (:data:`~samestack.oci.places.Opened`): a layout, or one to be made.

    At the end, what was added and not named is gone again. :class:`RequestError` for a directory that holds
    something else, :class:`OutsideError` where somebody else is writing or it cannot be written.
    """
    _refuse_others(directory)
    try:
        made = _made(directory / "blobs/sha256")
    except OSError as error:
        raise OutsideError(f"{directory}: cannot be written: {error.strerror}") from None
    with _alone(directory):
        _remove_partial(directory / "blobs/sha256")
        destination = LayoutDestination(directory)
        try:
            yield destination
        finally:
            destination.abandon()
            _remove_empty(made)


def _refuse_others(directory: Path) -> None:
    if directory.is_dir() and not is_layout(directory):
        # What an interrupted writing left has no index yet; it holds blobs and nothing else.
        if any(one.name != "blobs" for one in directory.iterdir()):
            raise RequestError(
                f"'{directory}' is no image layout, and it is not empty", hint="name a directory that is new"
            )
    elif directory.exists() and not directory.is_dir():
        raise RequestError(f"'{directory}' is a file and no image layout", hint="name a directory")


def _made(directory: Path) -> list[Path]:
    """Make a directory with its parents; those that were made, the innermost first."""
    missing = [one for one in (directory, *directory.parents) if not one.exists()]
    directory.mkdir(parents=True, exist_ok=True)
    return missing


@contextlib.contextmanager
def _alone(directory: Path) -> Iterator[None]:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _lock(descriptor, directory)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, directory: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutsideError(
            f"'{directory}' is being written by another program", hint="try again when it has ended"
        ) from None


def _remove_partial(blobs: Path) -> None:
    """What a writing left that was killed."""
    for path in blobs.glob(f"{PARTIAL}*"):
        path.unlink(missing_ok=True)


def _remove_empty(directories: list[Path]) -> None:
    for directory in directories:
        with contextlib.suppress(OSError):  # it holds something by now, or is gone
            directory.rmdir()
