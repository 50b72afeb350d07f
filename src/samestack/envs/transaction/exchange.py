"""Two directories change places in one step, so that there is one under the name at every moment."""

import ctypes
import os
from pathlib import Path
from typing import Final

_EXCHANGE: Final = 2
_AT_WORKING_DIRECTORY: Final = -100


def exchange(one: Path, other: Path) -> bool:
    """Let two paths change places; ``False`` where the system or the file system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(rename(_AT_WORKING_DIRECTORY, paths[0], _AT_WORKING_DIRECTORY, paths[1], _EXCHANGE) == 0)
