"""Variables on their way to an engine: in a file that only it is given, never in the list of processes."""

import os
import re
import tempfile
from collections.abc import Mapping
from typing import Final

from samestack.errors import RequestError

LONGEST: Final = 60_000
"""Bytes of one variable with its name: engines read their files of variables by lines of 64 KiB."""

_ENDS_A_LINE: Final = re.compile(r"[\0\n\r]")


def variables_file(variables: Mapping[str, str]) -> str:
    """The path of a file of variables that has no name on any disk.

    It is there for this process and for the program that it becomes, and gone with them.
    """
    with tempfile.TemporaryFile() as file:
        file.write(variables_text(variables).encode())
        file.flush()
        descriptor = os.dup(file.fileno())
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.set_inheritable(descriptor, True)  # noqa: FBT003 - it takes no keyword
    return f"/dev/fd/{descriptor}"


def variables_text(variables: Mapping[str, str]) -> str:
    """The variables as engines read them, one a line; :class:`RequestError` for what no line can hold."""
    return "".join(f"{_line(name, value)}\n" for name, value in variables.items())


def _line(name: str, value: str) -> str:
    line = f"{name}={value}"
    if _ENDS_A_LINE.search(value):
        raise RequestError(f"{name}: a variable of several lines cannot be given", hint=_hint(name))
    if len(line.encode()) > LONGEST:
        raise RequestError(f"{name}: it is longer than {LONGEST} bytes", hint=_hint(name))
    return line


def _hint(name: str) -> str:
    return f"give it as a file: --secret {name}=FILE"
