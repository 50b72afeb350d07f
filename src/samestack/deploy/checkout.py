"""One directory of one machine, told from all others: also from one of the same name in another container."""

import hashlib
import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import Final

_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_DIGITS: Final = 32


def checkout(directory: Path) -> str:
    """A short name of a directory that is there, which nobody else has until this machine starts anew."""
    boot = ""
    with suppress(OSError):  # not on Linux: the rest has to do
        boot = _BOOT.read_text().strip()
    place = directory.resolve()
    status = place.stat()
    said = (socket.gethostname(), boot, os.fspath(place), str(status.st_dev), str(status.st_ino))
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:_DIGITS]
