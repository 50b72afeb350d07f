"""The Python that Poetry locks with: it refuses to lock a project for which it has no fitting interpreter.

Which one it is makes no difference to the lock, but where a source distribution has to be built to be asked
what it needs. So any that the project allows will do, and uv finds one.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from samestack.errors import OutsideError
from samestack.process import run
from samestack.solve.uv.uv_program import uv_program

_SECONDS: Final = 600.0


def make_environment(place: Path, wanted: Iterable[str]) -> None:
    """An empty environment with the first Python to be had of these: releases, series or specifiers.

    :class:`OutsideError` where there is none and uv cannot fetch one.
    """
    asked = [one for one in dict.fromkeys(wanted) if one]
    command = (uv_program(), "venv", "--quiet", "--no-project", "--no-config")
    environment = {"PATH": _search_path()}
    for one in asked:
        words = (*command, "--python", one, place)
        if run(words, environment=environment, timeout=_SECONDS, check=False).status == 0:
            return
    raise OutsideError(
        f"Poetry needs a Python to lock with, and none was found that is {' or '.join(asked)}",
        hint=f"install one with: uv python install '{asked[0]}'" if asked else None,
    )


def _search_path() -> str:
    """PATH, after the interpreters that pyenv has: its shims run only those that are selected here."""
    root = Path(os.environ.get("PYENV_ROOT") or "~/.pyenv").expanduser()
    installed = sorted(map(str, root.glob("versions/*/bin")))
    return os.pathsep.join((*installed, os.environ.get("PATH", os.defpath)))
