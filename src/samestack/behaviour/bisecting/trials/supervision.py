"""A program under limits, whole process tree and all: how it ended is told apart, and nothing of it stays."""

import json
import os
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from samestack.behaviour.bisecting.trials.outcome import Ending, Outcome, signal_name
from samestack.behaviour.bisecting.trials.place import Place
from samestack.behaviour.bisecting.trials.stopping import is_stopped
from samestack.errors import OutsideError
from samestack.process import lines

_SUPERVISOR: Final = Path(__file__).with_name("supervisor.py")
_TAIL_BYTES: Final = 4000
_MIB: Final = 1024 * 1024


class Limits(Struct, frozen=True, kw_only=True):
    """What a program may take."""

    seconds: float = 600.0
    """Of wall-clock time; 0 for as long as it likes."""
    memory: int = 0
    """Bytes, together with all processes that it starts; 0 for as much as there is."""
    output: int = 64 * _MIB
    """Bytes on each of its streams, and in the files that are kept together."""


class StoppedError(OutsideError):
    """Whoever waited for it does so no longer."""


def supervised(command: Sequence[str], directory: Path, place: Place, limits: Limits) -> Outcome:
    """Run a program in the environment of a trial, and keep what it said and wrote.

    ``$SAMESTACK_OUTPUT`` names an empty directory. :class:`OutsideError` where the supervisor itself could
    not do its work; :class:`StoppedError` where the thread was told to stop.
    """
    corner = Path(tempfile.mkdtemp(prefix="run-", dir=place.scratch))
    for name in ("output", "temporary"):
        (corner / name).mkdir()
    own = {"SAMESTACK_OUTPUT": str(corner / "output"), "TMPDIR": str(corner / "temporary")}
    plan = {
        "command": list(command),
        "directory": str(directory),
        "variables": {**place.variables, **own},
        "scratch": str(place.scratch),
        "stdout": str(corner / "stdout"),
        "stderr": str(corner / "stderr"),
        "seconds": limits.seconds,
        "memory": limits.memory,
        "output": limits.output,
    }
    result = _carried_out(plan, corner)
    return _outcome(result, corner, limits)


def _carried_out(plan: Mapping[str, Any], corner: Path) -> Mapping[str, Any]:
    file = corner / "plan.json"
    for name in ("stdout", "stderr"):
        (corner / name).touch(mode=0o600)
    file.touch(mode=0o600)
    file.write_text(json.dumps(plan), "utf-8")
    said = lines((sys.executable, "-I", "-S", _SUPERVISOR, file), directory=corner, environment=os.environ)
    supervisor = int(next(said))
    for line in said:
        if line.startswith("{"):
            return dict(json.loads(line))
        if is_stopped():
            os.kill(supervisor, signal.SIGTERM)
    if is_stopped():
        raise StoppedError("a trial was stopped, since nobody waits for it")
    raise OutsideError("a trial was ended before it could be told how it went")


def _outcome(result: Mapping[str, Any], corner: Path, limits: Limits) -> Outcome:
    ending = Ending(result["ending"])
    files, is_too_much = _files(corner / "output", limits.output)
    return Outcome(
        ending=Ending.OUTPUT if is_too_much and ending is Ending.EXIT else ending,
        status=result.get("status", 0),
        signal=signal_name(result.get("signal", 0)),
        messages=_tail(corner / "stderr"),
        output=(corner / "stdout").read_bytes()[: limits.output],
        files=files,
        seconds=result["seconds"],
        peak_memory=result["peak_memory"],
    )


def _files(directory: Path, most: int) -> tuple[Mapping[str, bytes], bool]:
    """The plain files in a directory by their paths below it, and whether they are more than is kept."""
    paths = sorted(path for path in directory.rglob("*") if path.is_file() and not path.is_symlink())
    if sum(path.stat().st_size for path in paths) > most:
        return {}, True
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in paths}, False


def _tail(file: Path) -> str:
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - _TAIL_BYTES))
        return stream.read().decode("utf-8", "replace").strip()
