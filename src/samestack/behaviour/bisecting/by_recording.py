"""Whether a trial answers what was recorded: by the kinds and tolerances that a replay has."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.lattice.wording import listed
from samestack.behaviour.bisecting.trials.outcome import Ending, Outcome
from samestack.behaviour.bisecting.trials.predicates import (
    ByExitStatus,
    Reason,
    Symptom,
    Told,
    ended,
    symptom_of,
)
from samestack.behaviour.comparing.settings import Settings
from samestack.behaviour.recording.recording import Recording
from samestack.behaviour.recording.recording_file import read_recording
from samestack.behaviour.replaying.comparing_recordings import compare_recordings
from samestack.errors import OutsideError
from samestack.files import write_file

_LAST_ANSWER: Final = 124
"""Statuses up to this one are a program's own, as ``git bisect run`` reads them."""


class ByRecording:
    """Holds what a trial answered against a recording.

    A program that fails has given no answer, unless the bad environment fails like that.
    """

    def __init__(self, recording: Recording, settings: Settings, bad: Sequence[Outcome]) -> None:
        self._recording = recording
        self._settings = settings
        self._fails = any(_fails(one) for one in bad)
        self._by_status = ByExitStatus(_symptom(bad))

    def __call__(self, outcome: Outcome) -> Told:
        """What its answers say."""
        told = self._by_status(outcome)
        if told.answer is Answer.GOOD:
            return self._compared(outcome)
        if told.answer is Answer.BAD and _fails(outcome) and not self._fails:
            return Told(Answer.UNRESOLVED, Reason.CRASH, ended(outcome))
        return told

    def _compared(self, outcome: Outcome) -> Told:
        fields = differing_fields(self._recording, outcome, self._settings)
        return Told(Answer.BAD, None, f"other in {listed(fields)}") if fields else Told(Answer.GOOD)


def differing_fields(recording: Recording, outcome: Outcome, settings: Settings) -> tuple[str, ...]:
    """The fields in which a trial answers differently from what was recorded, the worst first."""
    with tempfile.TemporaryDirectory(prefix="samestack-bisect-") as directory:
        file = Path(directory, "answers.recording")
        write_file(outcome.output, file)
        answers = read_recording(file)
    if not answers.runs:
        raise OutsideError("a trial came back without answers")
    replayed = compare_recordings(recording, answers, settings)
    return tuple(one.name for one in replayed.fields if one.differences)


def _symptom(bad: Sequence[Outcome]) -> Symptom | None:
    return next(filter(None, map(symptom_of, bad)), None)


def _fails(outcome: Outcome) -> bool:
    return outcome.ending is Ending.EXIT and 0 < outcome.status <= _LAST_ANSWER
