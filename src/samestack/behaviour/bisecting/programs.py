"""What a request has run, and how that is read: by its exit status, or by what it answered."""

import os
import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from samestack.behaviour.bisecting.laboratory import Program
from samestack.behaviour.bisecting.request import Request
from samestack.behaviour.bisecting.trials.command_probe import CommandProbe
from samestack.behaviour.bisecting.trials.outcome import Outcome
from samestack.behaviour.bisecting.trials.predicates import ByExitStatus, Predicate, symptom_of
from samestack.behaviour.bisecting.trials.supervision import Limits
from samestack.capture.addresses import without_credentials


def program_of(request: Request) -> Program:
    """The program of a request; errors as from reading and replaying a recording where it names one."""
    if request.recording is not None:
        return _recorded(request, request.recording)
    probe = CommandProbe(
        command=request.command, directory=os.fspath(request.directory), limits=_limits(request)
    )
    return Program(
        probe=probe,
        predicate_for=by_exit_status,
        words=request.command,
        said=without_credentials(shlex.join(request.command)),
    )


def by_exit_status(bad: Sequence[Outcome]) -> Predicate:
    """Reads the exit status; ends that are no answer are one where the bad environment mostly has them."""
    found = Counter(symptom for one in bad if (symptom := symptom_of(one)) is not None)
    return ByExitStatus(found.most_common(1)[0][0] if found else None)


def _recorded(request: Request, file: Path) -> Program:
    # Comparing answers takes libraries that a bisection by exit status does without.
    from samestack.behaviour.bisecting.by_recording import ByRecording
    from samestack.behaviour.bisecting.recorded_probe import RecordedProbe
    from samestack.behaviour.comparing.settings import read_settings
    from samestack.behaviour.recording.recording_file import read_recording
    from samestack.behaviour.replaying.replaying import ReplayRequest, request_of
    from samestack.envs.running.project_environment import project_around
    from samestack.sha256 import sha256_hex

    recording, settings = read_recording(file), read_settings(project_around(request.directory))
    asked = request_of(recording, ReplayRequest(inputs=request.inputs))
    probe = RecordedProbe(
        command=asked.command,
        callable=asked.callable,
        inputs=os.path.abspath(asked.inputs) if asked.inputs is not None else "",  # noqa: PTH100 - links stay
        directory=os.fspath(request.directory),
        limits=_limits(request),
        may_fail=frozenset(name for _, name, _ in recording.failures),
        answers=sha256_hex(file.read_bytes()),
    )
    words = asked.command or ("python", "-m", asked.callable.partition(":")[0])
    return Program(
        probe=probe,
        predicate_for=lambda bad: ByRecording(recording, settings, bad),
        words=words,
        said=asked.callable or without_credentials(shlex.join(asked.command)),
    )


def _limits(request: Request) -> Limits:
    return Limits(seconds=request.effort.seconds, memory=request.effort.memory)
