"""One execution of a command: what it printed and wrote, and how it ended."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from samestack.behaviour.recording.recording import Outcome
from samestack.errors import OutsideError
from samestack.process import lines

_RUNNER: Final = Path(__file__).with_name("runner.py")
_MOST_PRINTED: Final = 256 * 1024 * 1024
_TAIL_BYTES: Final = 4000

OUTPUT_VARIABLE: Final = "SAMESTACK_OUTPUT"
"""The variable that tells a program where to put files that belong to its answer."""


class Execution(Struct, frozen=True, kw_only=True):
    """A command that came to an end, in a directory of its own."""

    outcome: Outcome
    seconds: float
    peak_memory: int
    """Bytes."""
    printed: Path
    """The file that holds what it printed."""
    written: Path
    """The directory that it could write files into."""


class _Told(Struct, frozen=True):
    status: int
    signal: str
    is_late: bool
    is_too_much: bool
    seconds: float
    peak_memory: int


class _Plan(Struct, frozen=True, kw_only=True):
    command: Sequence[str]
    output: str
    messages: str
    seconds: float
    limit: int


def execute(
    command: Sequence[str], place: Path, variables: Mapping[str, str], *, seconds: float = 0.0
) -> Execution:
    """Run a command in the working directory, with these variables, for at most so many seconds (0: any).

    ``place`` is an empty directory of the caller's. What it started and left behind ends with it.
    """
    written, plan = place / "written", place / "plan.json"
    written.mkdir()
    said = _Plan(
        command=command,
        output=str(place / "printed"),
        messages=str(place / "messages"),
        seconds=seconds,
        limit=_MOST_PRINTED,
    )
    plan.write_bytes(msgspec.json.encode(said))
    started: list[str | Path] = [sys.executable, "-I", "-S", _RUNNER, plan]
    environment = {**variables, OUTPUT_VARIABLE: str(written)}
    told = [line for line in lines(started, directory=Path.cwd(), environment=environment) if line.strip()]
    try:
        report = msgspec.json.decode(told[-1] if told else "", type=_Told)
    except msgspec.DecodeError:
        raise OutsideError(f"{command[0]}: how it ended could not be told") from None
    return Execution(
        outcome=Outcome(
            status=report.status,
            signal=report.signal,
            is_late=report.is_late,
            is_too_much=report.is_too_much,
            messages=_tail(place / "messages"),
        ),
        seconds=report.seconds,
        peak_memory=report.peak_memory,
        printed=place / "printed",
        written=written,
    )


def _tail(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        return file.read().decode("utf-8", "replace")
