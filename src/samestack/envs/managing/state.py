"""Where samestack keeps what it knows of environments, and the little that ``run`` needs of that.

Nothing is imported here that a command would have to wait for.
"""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from samestack.sha256 import sha256_hex

_SIGNS = ("pyvenv.cfg", "conda-meta")


def is_environment(directory: Path) -> bool:
    """Whether a virtual environment or a conda prefix is there."""
    return any((directory / sign).exists() for sign in _SIGNS)


def state_directory(variables: Mapping[str, str] = os.environ) -> Path | None:
    """Where the entries are: below SAMESTACK_STATE or XDG_STATE_HOME; an empty SAMESTACK_STATE: nowhere."""
    chosen = variables.get("SAMESTACK_STATE")
    if chosen is not None:
        return Path(chosen).absolute() / "environments" if chosen else None
    base = Path(variables.get("XDG_STATE_HOME", ""))
    if base.is_absolute():  # the XDG specification has relative ones ignored
        return base / "samestack/environments"
    home = Path(variables.get("HOME", ""))
    return home / ".local/state/samestack/environments" if home.is_absolute() else None


def entry_file(directory: Path, environment: Path) -> Path:
    """The file of an environment's entry; ``environment`` is absolute, with its links followed."""
    return directory / f"{sha256_hex(os.fsencode(environment))[:32]}.json"


def note_use(environment: Path) -> None:
    """Note that something is run in an environment now; nothing happens where it is not registered."""
    directory = state_directory()
    if directory is not None:
        with contextlib.suppress(OSError):
            os.utime(entry_file(directory, environment.resolve()))
