"""Where a Python of a given version is on this machine."""

from samestack.envs.interpreters import find_interpreter
from samestack.errors import OutsideError


def python_request(version: str) -> str:
    """What to ask uv for: the path of an interpreter that runs, else the version, which uv may fetch."""
    try:
        return str(find_interpreter(version, may_fetch=False).path)
    except OutsideError:
        return version
