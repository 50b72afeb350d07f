"""Recordings replayed in the environments that can run here, one after the other."""

import contextlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from samestack.behaviour.comparing.settings import read_settings
from samestack.behaviour.recording.recording_file import read_recording
from samestack.behaviour.replaying.entry import replay
from samestack.behaviour.replaying.replayed import Replayed
from samestack.behaviour.replaying.replaying import ReplayRequest
from samestack.errors import SamestackError
from samestack.model import Kind, Reference
from samestack.parity.evidence import Answering, Replay
from samestack.parity.references import reference_of
from samestack.parity.settings import Environment
from samestack.progress import Reporter

_RUN_HERE: Final = (Kind.VENV, Kind.CONDA, Kind.PYTHON)
_MOST: Final = 10
"""Inputs that are named one by one."""


def replayed(
    environments: Sequence[Environment], read: Collection[str], project: Path, reporter: Reporter
) -> tuple[Replay, ...]:
    """What came of every recording in each environment that has some; ``read`` are those that were read.

    Programs of recordings are run: they are the project's own, as its settings name them.
    """
    asked = [(one, name) for one in environments if one.name in read for name in one.recordings]
    if not asked:
        return ()
    reporter.started("replaying recordings", len(asked))
    try:
        return tuple(_told(asked, project, reporter))
    finally:
        reporter.finished()


def _told(asked: Sequence[tuple[Environment, str]], project: Path, reporter: Reporter) -> Iterator[Replay]:
    for environment, name in asked:
        reference = reference_of(environment, project)
        if reference.kind in _RUN_HERE or _is_environment(reference):
            yield _replay(environment.name, reference, name, project, reporter)
        else:
            message = f"{name} was not replayed in {environment.name}, which cannot be run here"
            yield Replay(
                environment=environment.name,
                recording=name,
                answering=Answering.ELSEWHERE,
                message=message,
            )
        reporter.advanced(f"{name} in {environment.name}")


def _is_environment(reference: Reference) -> bool:
    """Whether a bare path is a virtual environment or one of conda's."""
    place = Path(reference.locator)
    is_path = reference.kind is Kind.PATH
    return is_path and ((place / "pyvenv.cfg").is_file() or (place / "conda-meta").is_dir())


def _replay(environment: str, reference: Reference, name: str, project: Path, reporter: Reporter) -> Replay:
    try:
        with contextlib.chdir(project):  # a recording's own paths are those of its project
            request = ReplayRequest(environment=str(reference))
            found = replay(read_recording(project / name), request, read_settings(project), reporter)
    except SamestackError as error:
        message = f"{name} could not be replayed in {environment}: {error.message}"
        return Replay(environment=environment, recording=name, answering=Answering.UNKNOWN, message=message)
    if not found.is_alarm:
        return Replay(environment=environment, recording=name, answering=Answering.SAME)
    changed, of = len(found.changed), len(found.inputs)
    return Replay(
        environment=environment,
        recording=name,
        answering=Answering.DIFFERS,
        message=f"{environment} answers differently than {name} to {changed} of {of} inputs",
        evidence=tuple(_evidence(found)),
    )


def _evidence(found: Replayed) -> Iterator[str]:
    for number, (name, differences) in enumerate(found.changed.items()):
        if number == _MOST:
            yield f"and {len(found.changed) - _MOST} more"
            return
        yield f"{name}: {', '.join(dict.fromkeys(one.field for one in differences))}"
