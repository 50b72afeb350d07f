"""Files that appear whole or not at all, and directories that go."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from samestack.errors import OutsideError


def write_file(data: bytes, path: Path) -> None:
    """Write beside ``path``, then rename: whatever happens, there is the old file or the new one."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with aside.open("xb") as file:
            file.write(data)
        aside.replace(path)
    except OSError as error:
        raise OutsideError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        with contextlib.suppress(FileNotFoundError):
            aside.unlink()


def remove_directory(directory: Path) -> None:
    """Remove a directory with all that is in it, as far as that is possible; it need not be there.

    For one that nobody else writes to: ``shutil`` guards against more, and loads three compressors first.
    """
    for parent, directories, files in os.walk(directory, topdown=False):
        for name in files:
            _attempt(os.unlink, f"{parent}/{name}")
        for name in directories:
            if not _attempt(os.rmdir, f"{parent}/{name}"):
                _attempt(os.unlink, f"{parent}/{name}")  # a link to a directory
    _attempt(os.rmdir, str(directory))


def _attempt(action: Callable[[str], None], path: str) -> bool:
    try:
        action(path)
    except OSError:
        return False
    return True
