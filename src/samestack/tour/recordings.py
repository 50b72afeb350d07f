"""What the detector answers in development, recorded once and kept for the next tour."""

from pathlib import Path

from msgspec import Struct

from samestack.behaviour.recording.entry import record
from samestack.behaviour.recording.inputs import inputs_at
from samestack.behaviour.recording.recording import Recording
from samestack.behaviour.recording.recording_file import read_recording, write_recording
from samestack.behaviour.recording.request import Request
from samestack.render.recording.recording_text import print_summary
from samestack.render.recording.summary import summary_of
from samestack.sha256 import sha256_hex
from samestack.tour.cast import DEVELOPMENT
from samestack.tour.stage import Stage


class Question(Struct, frozen=True, kw_only=True):
    """What is asked of the detector."""

    inputs: Path
    """A picture, or a directory of pictures."""
    callable: str
    file: Path
    """Where the answers are recorded."""


def recorded(stage: Stage, question: Question) -> Recording:
    """What it answers in development: as an earlier tour recorded it, where nothing has changed since."""
    inputs, callable_words = ("--inputs", question.inputs), ("--callable", question.callable)
    words = ("samestack", "record", *inputs, "--environment", DEVELOPMENT, *callable_words)
    stage.show((*words, "-o", question.file))
    file, stamp = question.file, question.file.with_name(f".{question.file.name}.made-from")
    made_from = _made_from(stage, question)
    if file.is_file() and stamp.is_file() and stamp.read_text() == made_from:
        stage.tell("it is there already, from an earlier tour")
        return read_recording(file)
    request = Request(inputs=question.inputs, callable=question.callable, environment=DEVELOPMENT)
    found = record(request, stage.reporter).recording
    digest = write_recording(found, file)
    stamp.write_text(made_from)
    print_summary(summary_of(found, file.name, digest), stage.console)
    return found


def _made_from(stage: Stage, question: Question) -> str:
    """A digest of all that the answers follow from."""
    program = [*sorted((stage.example / "defect_detection").glob("*.py")), stage.example / "model.json"]
    inputs = "".join(f"{one.name} {one.sha256}\n" for one in inputs_at(question.inputs))
    files = [path.read_bytes() for path in (*program, stage.example / DEVELOPMENT)]
    return sha256_hex(f"{question.callable}\n{inputs}".encode(), *files)
