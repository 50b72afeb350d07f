"""A note in an environment that is being changed: while it is there, it is neither the old nor the new."""

import contextlib
import os
from pathlib import Path
from typing import Final

from samestack.errors import OutsideError
from samestack.files import remove_directory, write_file

DIRECTORY: Final = ".samestack"
"""What samestack keeps inside an environment."""

UNDO: Final = f"{DIRECTORY}/undo"
"""Where an installer may keep what it needs for the way back, until the changes have ended."""

_JOURNAL: Final = "journal"


def begin(environment: Path) -> None:
    """Note, before the first change, that there will be some; what was known of it holds no more."""
    directory = environment / DIRECTORY
    try:
        directory.mkdir(exist_ok=True)
    except OSError as error:
        raise OutsideError(f"{environment}: cannot be changed: {error.strerror}") from None
    write_file(f"changed by process {os.getpid()}\n".encode(), directory / _JOURNAL)
    remove_directory(environment / UNDO)


def is_open(environment: Path) -> bool:
    """Whether changes began here and did not end."""
    return (environment / DIRECTORY / _JOURNAL).exists()


def end(environment: Path) -> None:
    """Note that the environment is whole: after the last change, or after the way back."""
    with contextlib.suppress(FileNotFoundError):
        (environment / DIRECTORY / _JOURNAL).unlink()
    remove_directory(environment / UNDO)
