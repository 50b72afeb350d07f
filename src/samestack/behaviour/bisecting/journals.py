"""Where the trials of a question are written down: one file for each, in the user's directory of state."""

import contextlib
from pathlib import Path
from typing import Final

import msgspec

from samestack.behaviour.bisecting.journal import Journal
from samestack.behaviour.bisecting.laboratory import Program
from samestack.behaviour.bisecting.program import program_files
from samestack.behaviour.bisecting.request import Request
from samestack.behaviour.bisecting.side import Sides
from samestack.envs.managing.state import state_directory
from samestack.errors import RequestError
from samestack.sha256 import sha256_hex

_FORM: Final = b"bisection 1\n"
_SUFFIXES: Final = ("", "-wal", "-shm")
"""What SQLite keeps beside a file."""


def journal_of(request: Request, sides: Sides, program: Program) -> Journal | None:
    """The journal of a question, empty unless it is resumed; ``None`` where the user keeps no state."""
    states = state_directory()
    if states is None:
        if request.is_resumed:
            hint = "say where with SAMESTACK_STATE"
            raise RequestError("SAMESTACK_STATE is empty, so no earlier trials were kept", hint=hint)
        return None
    file = states.parent / "bisections" / f"{_key(request, sides, program)}.sqlite"
    if not request.is_resumed:
        _remove(file)
    return Journal(file)


def _key(request: Request, sides: Sides, program: Program) -> str:
    """Another content of the program's files is another question."""
    files = [
        (str(path), sha256_hex(path.read_bytes())) for path in program_files(program.words, request.directory)
    ]
    said = msgspec.json.encode((sides.good.environment, sides.bad.environment, program.probe.key, files))
    return sha256_hex(_FORM, said)[:32]


def _remove(file: Path) -> None:
    for suffix in _SUFFIXES:
        with contextlib.suppress(FileNotFoundError):
            file.with_name(file.name + suffix).unlink()
