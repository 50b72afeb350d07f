"""Where uv is."""

import sys
from pathlib import Path

from samestack.errors import RequestError


def uv_program() -> Path:
    """uv, installed beside this Python or found on PATH."""
    beside = Path(sys.executable).with_name("uv")
    if beside.is_file():
        return beside
    import shutil  # loads more than most calls take to run

    found = shutil.which("uv")
    if found is None:
        raise RequestError(
            "uv, which solves requirements and builds environments, is not here",
            hint='install it beside samestack with: pip install "samestack[envs]"',
        )
    return Path(found)
