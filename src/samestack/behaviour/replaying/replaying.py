"""A recorded program is run again: the same command, over the same files, in another environment."""

import os
import re
import tempfile
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.behaviour.recording.inputs import inputs_at
from samestack.behaviour.recording.recording import Recording
from samestack.behaviour.recording.request import ALL, Request
from samestack.behaviour.replaying.common_inputs import differing
from samestack.errors import RequestError

_HOME: Final = re.compile(r"(?<![\w.~/$-])~(?=/|$)")
_TEMPORARY: Final = re.compile(r"(?<![\w.~/$-])\$TMPDIR(?=/|$)")
_HINT: Final = "name where they are with --inputs"


class ReplayRequest(Struct, frozen=True, kw_only=True):
    """How a recording is replayed."""

    environment: str = ""
    """A reference; the active environment when empty."""
    inputs: Path | None = None
    """Where the inputs are, if not where they were."""
    repeats: int = 0
    """How often; 0 for as often as it takes, and only once if nothing differs then."""
    timeout: float = 0.0
    """The seconds that one execution has; 0 for what it had when it was recorded."""


def request_of(recording: Recording, request: ReplayRequest) -> Request:
    """What is to be run, once; :class:`RequestError` where the inputs are not those that were recorded."""
    program = recording.program
    inputs = request.inputs or (Path(here(program.inputs)) if program.inputs else None)
    if inputs is not None:
        _check_inputs(recording, inputs)
    return Request(
        command=tuple(map(here, program.command)),
        callable=program.callable,
        inputs=inputs,
        environment=request.environment,
        repeats=1,
        timeout=request.timeout or program.timeout,
    )


def here(text: str) -> str:
    """A word of a recording with this user's directories in the place of those that were cut out."""
    home = os.path.expanduser("~")  # noqa: PTH111 - a text is what is needed
    temporary = tempfile.gettempdir()
    return _TEMPORARY.sub(lambda _: temporary, _HOME.sub(lambda _: home, text))


def _check_inputs(recording: Recording, path: Path) -> None:
    if not path.exists():
        raise RequestError(f"'{path}': the recorded inputs are not there", hint=_HINT)
    found = tuple(inputs_at(path))
    names = {one.name for one in found}
    for one in recording.inputs:
        if one.name not in names:
            raise RequestError(f"'{path}' has no {one.name}, which was recorded", hint=_HINT)
    if alone := names - {one.name for one in recording.inputs}:
        _refuse_more(recording, path, min(alone))
    if others := differing(recording.inputs, found):
        message = f"'{path}': {others[0]} is not the file that was recorded"
        raise RequestError(message, hint="answers to other inputs say nothing; record anew, or use --inputs")


def _refuse_more(recording: Recording, path: Path, name: str) -> None:
    """A program that is given all inputs at once would answer to more than it was asked."""
    if any(ALL in word for word in recording.program.command):
        raise RequestError(
            f"'{path}' has {name}, which was not recorded", hint="record anew, or use --inputs"
        )
