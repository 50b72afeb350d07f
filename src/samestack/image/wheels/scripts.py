"""The text of commands: what starts an entry point, and the first line of a wheel's own scripts.

Both are what uv writes, letter by letter, so that an environment looks the same whoever made it.
"""

import re
import shlex
from typing import Final

from samestack.image.wheels.entry_points import EntryPoint

_PLACEHOLDER: Final = b"#!python"
_FIRST_LINE: Final = re.compile(rb"\A[^\r\n]*(?:\r\n|\r|\n)?")
_MOST_FIRST_LINE: Final = 127
"""Bytes of a first line that every kernel reads."""


def launcher(point: EntryPoint, interpreter: str) -> bytes:
    """The script that calls an entry point."""
    imported = point.function.partition(".")[0]
    text = f"""\
{_first_line(interpreter)}
# -*- coding: utf-8 -*-
import sys
from {point.module} import {imported}
if __name__ == "__main__":
    if sys.argv[0].endswith("-script.pyw"):
        sys.argv[0] = sys.argv[0][:-11]
    elif sys.argv[0].endswith(".exe"):
        sys.argv[0] = sys.argv[0][:-4]
    sys.exit({point.function}())
"""
    return text.encode()


def has_placeholder(beginning: bytes) -> bool:
    """Whether a script of a wheel wants to be told where Python is."""
    return beginning.startswith(_PLACEHOLDER)


def with_interpreter(script: bytes, interpreter: str) -> bytes:
    """A script of a wheel with another first line; what that has said beside ``#!python`` is dropped."""
    rest = _FIRST_LINE.sub(b"", script, count=1)
    return f"{_first_line(interpreter)}\n".encode() + rest


def _first_line(interpreter: str) -> str:
    """A shell finds what the kernel cannot: paths that are long or have spaces."""
    line = f"#!{interpreter}"
    if len(line) + 1 <= _MOST_FIRST_LINE and " " not in interpreter:
        return line
    return f"""#!/bin/sh\n'''exec' {_quoted(interpreter)} "$0" "$@"\n' '''"""


def _quoted(text: str) -> str:
    return shlex.quote(text) if shlex.quote(text) != text else f"'{text}'"
