"""Scripts of packages, so that they run with the Python of whatever environment they are linked into."""

from pathlib import Path
from typing import Final

from samestack.envs.interpreters import Interpreter
from samestack.files import write_file

_ANY_PYTHON: Final = b"#!/usr/bin/env python"
_BY_SHELL: Final = b"#!/bin/sh\n'''exec' "
"""How installers begin a script where the path of its Python is too long, or has blanks."""


def make_movable(directory: Path, interpreter: Interpreter) -> None:
    """Have the scripts in a directory look for their Python on ``PATH``, where a trial has its own first."""
    for path in sorted(directory.glob("*")):
        if path.is_file() and not path.is_symlink():
            _make_movable(path, bytes(interpreter.path.parent))


def _make_movable(path: Path, python: bytes) -> None:
    data = path.read_bytes()
    first, _, rest = data.partition(b"\n")
    if data.startswith(_BY_SHELL):
        first, _, rest = data.partition(b"' '''\n")
    if not (first.startswith(b"#!") and python in first):
        return
    mode = path.stat().st_mode
    write_file(_ANY_PYTHON + b"\n" + rest, path)
    path.chmod(mode)
