"""What keeps a part of the story from being told here, with its remedy."""

import tomllib
from importlib.util import find_spec

from samestack.capture.readers.conda.conda_platforms import this_platform
from samestack.errors import RequestError
from samestack.solve.uv.uv_program import uv_program
from samestack.tour.cast import PRODUCTION, example_directory

_LIBRARIES = ("numpy", "scipy", "PIL")


def no_solver() -> str:
    """Why no environment can be built; empty where one can."""
    try:
        uv_program()
    except RequestError as error:
        return f"{error.message}; {error.hint}"
    return ""


def no_recording() -> str:
    """Why the second half cannot be told; empty where it can."""
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        lacking = " and ".join(missing)
        return f'that takes {lacking}; install it beside samestack with: pip install "samestack[behaviour]"'
    return _no_platform()


def _no_platform() -> str:
    lock = (example_directory() / PRODUCTION).read_text(encoding="utf-8")
    platforms, here = tomllib.loads(lock)["tool"]["samestack"]["platforms"], this_platform()
    return "" if here in platforms else f"its two locks are for {', '.join(platforms)}, and this is {here}"
