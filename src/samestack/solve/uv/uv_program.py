"""Where uv is."""

import shutil
import sys
from pathlib import Path

from samestack.errors import RequestError


def uv_program() -> Path:
    """uv, installed beside this Python or found on PATH."""
    beside = Path(sys.executable).with_name("uv")
    found = beside if beside.is_file() else shutil.which("uv")
    if found is None:
        raise RequestError(
            "uv, which solves requirements and builds environments, is not here",
            hint='install it beside samestack with: pip install "samestack[envs]"',
        )
    return Path(found)
