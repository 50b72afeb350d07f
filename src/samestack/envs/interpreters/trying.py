"""An interpreter is started once before it is used: its files do not tell whether it runs."""

from pathlib import Path
from typing import Final

from samestack.errors import OutsideError
from samestack.process import run

_QUESTION: Final = "import sys; print('%d.%d.%d' % sys.version_info[:3], sys.implementation.name)"
_TIME_LIMIT: Final = 30.0


def tried_version(executable: Path) -> str:
    """The release that it says it is: ``3.9.18``; empty where it does not run or is no CPython."""
    try:
        answer = run([executable, "-I", "-S", "-c", _QUESTION], timeout=_TIME_LIMIT, check=False)
    except OutsideError:
        return ""
    version, _, name = answer.output.strip().partition(" ")
    return version if answer.status == 0 and name == "cpython" else ""
