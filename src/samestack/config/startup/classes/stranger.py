"""Whatever a class raises when it is made: told by its type and the place in the code, not by its words."""

from __future__ import annotations

import os

from samestack.config.startup.variable import Failure

CUSTOM = "custom"
"""The type of an error that is the class's own."""
REFUSED = "is refused by a validator"


def refusal(error: Exception, path: tuple[str, ...] = ()) -> Failure:
    """A failure of the values together: which type of exception, and in which line of which file."""
    import traceback  # only failures pay for it

    name = type(error).__name__
    frames = traceback.extract_tb(error.__traceback__, limit=-1)
    where = f", {os.path.basename(frames[-1].filename)} line {frames[-1].lineno}" if frames else ""
    return Failure(path, CUSTOM, f"{REFUSED}: {name}{where}")
