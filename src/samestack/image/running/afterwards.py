"""A directory that is removed when this process ends, also when it ends as another program."""

import os
import select
from pathlib import Path

from samestack.files import remove_directory


def remove_afterwards(directory: Path) -> None:
    """Have a directory removed as soon as this process has ended, however it ends.

    The engine's client takes this process's place, so that signals and exit status are its own; nothing of
    ours would be left to clean up. A child waits for that, apart from the terminal and from every pipe.
    """
    ending = os.pidfd_open(os.getpid())
    if os.fork():
        os.close(ending)
        return
    try:
        os.setsid()
        os.closerange(0, ending)
        os.closerange(ending + 1, os.sysconf("SC_OPEN_MAX"))
        select.select([ending], [], [])
        _remove(directory)
    finally:
        os._exit(0)


def _remove(directory: Path) -> None:
    for inner in directory.iterdir():
        inner.chmod(0o700)
    remove_directory(directory)
