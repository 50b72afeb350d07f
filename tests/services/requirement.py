"""What tests of the real world need from the machine that they run on.

Such tests skip in one line where it is missing. With ``SAMESTACK_REQUIRE_SERVICES=1``, as in continuous
integration, they fail instead, so that nothing is skipped there unnoticed.
"""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest


def require_program(name: str) -> Path:
    """The path of a program; the test ends here where it is not installed."""
    found = shutil.which(name)
    if found is None:
        unavailable(f"the program '{name}' is not installed")
    return Path(found)


def unavailable(reason: str) -> NoReturn:
    """End the test: something outside is missing."""
    if os.environ.get("SAMESTACK_REQUIRE_SERVICES") == "1":
        pytest.fail(f"{reason}, and SAMESTACK_REQUIRE_SERVICES=1 demands it")
    pytest.skip(reason)
