"""One repeat: a program over all its inputs, each execution in a directory that goes with it."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, structs

from samestack.behaviour.recording.callables import Call, calls
from samestack.behaviour.recording.cleaning import clean_answer, clean_outcome
from samestack.behaviour.recording.environments import Place
from samestack.behaviour.recording.execution import Execution, execute
from samestack.behaviour.recording.output_files import answer_of
from samestack.behaviour.recording.personal import Personal
from samestack.behaviour.recording.recording import EVERYTHING, Answer, Outcome, Run
from samestack.behaviour.recording.request import ALL, ONE, Request
from samestack.errors import OutsideError
from samestack.progress import Reporter

_Words = Mapping[str, Sequence[str]]


class Bench(Struct, frozen=True, kw_only=True):
    """Where runs happen: everything but what is run."""

    place: Place
    directory: Path
    """An empty one, of the caller's."""
    personal: Personal
    reporter: Reporter


def words_of(request: Request, inputs: Mapping[str, Path]) -> _Words:
    """The words of each execution by the name of its input; of a callable its arguments."""
    if request.callable:
        return {name: (str(path),) for name, path in inputs.items()} or {EVERYTHING: ()}
    if any(ONE in word for word in request.command):
        return {name: _placed(request, str(path)) for name, path in inputs.items()}
    return {EVERYTHING: _placed(request, "")}


def run_once(request: Request, words: _Words, bench: Bench) -> Run:
    """Run it for each of the words, one after another."""
    over = []
    for one in (_called if request.callable else _executed)(request, words, bench):
        over.append(one)
        bench.reporter.advanced(one.name)
    return Run(
        outputs={one.name: clean_answer(one.answer, bench.personal) for one in over},
        outcomes={one.name: clean_outcome(one.outcome, bench.personal) for one in over},
        seconds={one.name: one.seconds for one in over},
        peak_memory=max((one.peak_memory for one in over), default=0),
    )


def _placed(request: Request, path: str) -> tuple[str, ...]:
    everything = str(request.inputs) if request.inputs is not None else ""
    return tuple(word.replace(ALL, everything).replace(ONE, path) for word in request.command)


def _called(request: Request, words: _Words, bench: Bench) -> Iterator[Call]:
    directory = _made(bench.directory / "calls")
    try:
        yield from calls(request.callable, words, directory, bench.place, seconds=request.timeout)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _executed(request: Request, words: _Words, bench: Bench) -> Iterator[Call]:
    for name, command in words.items():
        directory = _made(bench.directory / "execution")
        try:
            execution = execute(command, directory, bench.place.variables, seconds=request.timeout)
            answer, outcome = _read(execution)
        finally:
            shutil.rmtree(directory, ignore_errors=True)
        yield Call(
            name=name,
            outcome=outcome,
            seconds=execution.seconds,
            peak_memory=execution.peak_memory,
            answer=answer,
        )


def _read(execution: Execution) -> tuple[Answer, Outcome]:
    """What it answered, and how it ended; what cannot be read is trouble where nothing else is."""
    outcome = execution.outcome
    try:
        return answer_of(execution.printed, execution.written), outcome
    except OutsideError as error:
        return {}, structs.replace(outcome, trouble=error.message)


def _made(directory: Path) -> Path:
    directory.mkdir()
    return directory
