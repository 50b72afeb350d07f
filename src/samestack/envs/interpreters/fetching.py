"""uv fetches an interpreter that is not there, where the user and the network let it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from samestack.envs.interpreters.wanted import Wanted
from samestack.errors import OutsideError
from samestack.process import Finished, run
from samestack.solve.uv.uv_program import uv_program
from samestack.solve.uv.uv_words import failure

_TIME_LIMIT: Final = 900.0
_QUIET: Final = ("--no-progress", "--color=never")
_YES: Final = frozenset({"1", "true", "yes", "on"})


def is_allowed(variables: Mapping[str, str] = os.environ) -> bool:
    """Whether uv may fetch interpreters, by its own variables."""
    is_offline = variables.get("UV_OFFLINE", "").lower() in _YES
    downloads = variables.get("UV_PYTHON_DOWNLOADS", "").lower()
    return not is_offline and downloads not in {"never", "manual", "false", "0"}


def fetch(wanted: Wanted) -> Path:
    """Have uv install it; where it then is. :class:`OutsideError` says in a few words why it cannot."""
    request = f"cpython@{wanted.version}" if wanted.version else f"cpython{wanted.requires}"
    _asked("install", "--no-bin", request)
    found = _asked("find", "--managed-python", "--no-project", "--system", request)
    return Path(found.output.strip())


def _asked(*words: str) -> Finished:
    finished = run([uv_program(), "python", *words, *_QUIET], timeout=_TIME_LIMIT, check=False)
    if finished.status != 0:
        raise OutsideError(failure(finished.messages))
    return finished
