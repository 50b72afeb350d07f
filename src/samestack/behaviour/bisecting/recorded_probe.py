"""A recorded program, run in the environment of a trial over all of its inputs; its answers travel back."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, structs

from samestack import __version__
from samestack.behaviour.bisecting.trials.outcome import Ending, Outcome
from samestack.behaviour.bisecting.trials.place import Place
from samestack.behaviour.bisecting.trials.supervision import Limits, supervised
from samestack.behaviour.recording.callables import calls
from samestack.behaviour.recording.cleaning import clean_answer, clean_outcome
from samestack.behaviour.recording.environments import Place as RunningPlace
from samestack.behaviour.recording.inputs import inputs_at
from samestack.behaviour.recording.origin import origin_now
from samestack.behaviour.recording.output_files import answer_of
from samestack.behaviour.recording.personal import Personal
from samestack.behaviour.recording.recording import Answer, Input, Program, Recording, Run
from samestack.behaviour.recording.recording import Outcome as RecordedOutcome
from samestack.behaviour.recording.recording_file import write_recording
from samestack.behaviour.recording.request import Request
from samestack.behaviour.recording.runs import words_of
from samestack.errors import OutsideError
from samestack.model import Kind, Origin, Reference, Snapshot, Standing
from samestack.sha256 import sha256_hex

_WELL: Final = Outcome(ending=Ending.EXIT)


class RecordedProbe(Struct, frozen=True, kw_only=True):
    """Runs what a recording ran, once for each input; a :class:`Probe`."""

    command: tuple[str, ...] = ()
    callable: str = ""
    inputs: str = ""
    """The absolute path of the inputs, on whichever machine; empty for none."""
    directory: str
    """The absolute path that it is run in."""
    limits: Limits = Limits()
    """Of one execution."""
    may_fail: frozenset[str] = frozenset()
    """The inputs whose executions failed when they were recorded."""
    answers: str = ""
    """The digest of what it is held against."""

    @property
    def key(self) -> str:
        """See :class:`~samestack.behaviour.bisecting.trials.description.Probe`."""
        return sha256_hex(msgspec.json.encode(self, order="deterministic"))

    def run(self, place: Place) -> Outcome:
        """See :class:`~samestack.behaviour.bisecting.trials.description.Probe`.

        The output is a recording of one run. An execution that failed, where the recorded one did not, is
        how the whole has ended.
        """
        found = inputs_at(Path(self.inputs)) if self.inputs else {}
        executions = list(self._executions({one.name: path for one, path in found.items()}, place))
        failed = (one for one in executions if one.name not in self.may_fail and one.recorded.is_failure)
        ended = next((one.outcome for one in failed), _WELL)
        if ended is not _WELL:
            return structs.replace(ended, output=b"", files={})
        return self._answered(tuple(found), executions, place)

    def _executions(self, inputs: Mapping[str, Path], place: Place) -> Iterator["_Execution"]:
        request = Request(
            command=self.command,
            callable=self.callable,
            inputs=Path(self.inputs) if self.inputs else None,
        )
        words = words_of(request, inputs)
        yield from self._called(words, place) if self.callable else self._commanded(words, place)

    def _commanded(self, words: Mapping[str, Sequence[str]], place: Place) -> Iterator["_Execution"]:
        for name, command in words.items():
            outcome = supervised(command, Path(self.directory), place, self.limits)
            answer, trouble = _answer(outcome, place)
            yield _Execution(name=name, outcome=outcome, answer=answer, recorded=_recorded(outcome, trouble))

    def _called(self, words: Mapping[str, Sequence[str]], place: Place) -> Iterator["_Execution"]:
        running = RunningPlace(
            reference=Reference(Kind.VENV, str(place.environment)), variables=place.variables
        )
        directory = place.scratch / "calls"
        directory.mkdir()
        for one in calls(self.callable, words, directory, running, seconds=self.limits.seconds):
            yield _Execution(
                name=one.name, outcome=_ended(one.outcome), answer=one.answer, recorded=one.outcome
            )

    def _answered(
        self, inputs: tuple[Input, ...], executions: Sequence["_Execution"], place: Place
    ) -> Outcome:
        temporary = dict.fromkeys((place.scratch, *place.scratch.glob("run-*/temporary")), "$TMPDIR")
        personal = Personal.here({place.environment: "$ENVIRONMENT", **temporary})
        run = Run(
            outputs={one.name: clean_answer(one.answer, personal) for one in executions},
            outcomes={one.name: clean_outcome(one.recorded, personal) for one in executions},
        )
        recording = Recording(
            origin=origin_now(),
            program=Program(command=self.command, callable=self.callable),
            environment="a trial",
            snapshot=_no_snapshot(),
            inputs=inputs,
            runs=(run,),
        )
        file = place.scratch / "answers.recording"
        write_recording(recording, file)
        return Outcome(
            ending=Ending.EXIT,
            output=file.read_bytes(),
            seconds=sum(one.outcome.seconds for one in executions),
            peak_memory=max((one.outcome.peak_memory for one in executions), default=0),
        )


class _Execution(Struct, frozen=True, kw_only=True, eq=False):
    """One input, run once: how that ended in the words of trials and of recordings."""

    name: str
    outcome: Outcome
    answer: Answer
    recorded: RecordedOutcome


def _answer(outcome: Outcome, place: Place) -> tuple[Answer, str]:
    """What it answered, or why that cannot be read."""
    corner = Path(tempfile.mkdtemp(prefix="answer-", dir=place.scratch))
    printed, written = corner / "printed", corner / "written"
    printed.write_bytes(outcome.output)
    for name, data in outcome.files.items():
        (written / name).parent.mkdir(parents=True, exist_ok=True)
        (written / name).write_bytes(data)
    try:
        return answer_of(printed, written), ""
    except OutsideError as error:
        return {}, error.message


def _recorded(outcome: Outcome, trouble: str) -> RecordedOutcome:
    return RecordedOutcome(
        status=outcome.status,
        signal=outcome.signal,
        is_late=outcome.ending is Ending.TIME,
        is_too_much=outcome.ending in {Ending.OUTPUT, Ending.MEMORY},
        trouble=trouble,
        messages=outcome.messages,
    )


def _ended(outcome: RecordedOutcome) -> Outcome:
    ending = Ending.SIGNAL if outcome.signal else Ending.TIME if outcome.is_late else Ending.EXIT
    return Outcome(
        ending=Ending.OUTPUT if outcome.is_too_much else ending,
        status=outcome.status or (1 if outcome.trouble else 0),
        signal=outcome.signal,
        messages=outcome.trouble or outcome.messages,
    )


def _no_snapshot() -> Snapshot:
    """What a trial is made of is known to whoever asked for it."""
    origin = Origin(
        reference="a trial",
        kind="venv",
        standing=Standing.OBSERVED,
        captured_at="",
        captured_by=f"samestack {__version__}",
    )
    return Snapshot(origin=origin)
