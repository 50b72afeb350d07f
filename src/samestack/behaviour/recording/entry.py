"""The way in: a program is run in an environment, over its inputs, several times; its answers are kept."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from samestack.behaviour.recording.cleaning import clean_snapshot
from samestack.behaviour.recording.environments import Place, opened
from samestack.behaviour.recording.inputs import inputs_at
from samestack.behaviour.recording.origin import origin_now
from samestack.behaviour.recording.personal import Personal
from samestack.behaviour.recording.recording import Input, Program, Recording, Run
from samestack.behaviour.recording.request import Request, check_request
from samestack.behaviour.recording.runs import Bench, run_once, words_of
from samestack.capture.entry import capture
from samestack.envs.transaction.interruption import ending_like_interrupts
from samestack.progress import Reporter


class Recorded(Struct, frozen=True, kw_only=True):
    """A recording, and what to know beside it."""

    recording: Recording
    notes: tuple[str, ...] = ()
    """In a sentence each."""


def record(request: Request, reporter: Reporter) -> Recorded:
    """Run a program so many times, and keep what it answers; what fails is kept as such.

    :class:`~samestack.errors.RequestError` for what cannot be run at all.
    """
    check_request(request)
    inputs = {} if request.inputs is None else inputs_at(request.inputs)
    with (
        ending_like_interrupts(),
        opened(request.environment, reporter) as place,
        tempfile.TemporaryDirectory(prefix="samestack-record-", ignore_cleanup_errors=True) as name,
    ):
        directory = Path(name).resolve()
        personal = Personal.here({**place.directories, directory: "$TMPDIR"})
        bench = Bench(place=place, directory=directory, personal=personal, reporter=reporter)
        snapshot = capture(place.reference)
        runs = tuple(_runs(request, inputs, bench))
    recording = Recording(
        origin=origin_now(),
        program=_program(request, personal),
        environment=personal.cleaned(request.environment or str(place.reference)),
        snapshot=clean_snapshot(snapshot, personal),
        inputs=tuple(inputs),
        runs=runs,
    )
    return Recorded(recording=recording, notes=place.notes)


def _runs(request: Request, inputs: Mapping[Input, Path], bench: Bench) -> Iterator[Run]:
    words = words_of(request, {one.name: path for one, path in inputs.items()})
    _check_is_there(request, bench.place)
    bench.reporter.started("record", len(words) * request.repeats)
    try:
        for _ in range(request.repeats):
            yield run_once(request, words, bench)
    finally:
        bench.reporter.finished()


def _check_is_there(request: Request, place: Place) -> None:
    if request.command:
        place.program(request.command[0])
    else:
        assert place.interpreter  # noqa: S101 - asked for what it raises where there is none


def _program(request: Request, personal: Personal) -> Program:
    return Program(
        command=tuple(personal.cleaned(word) for word in request.command),
        callable=request.callable,
        inputs="" if request.inputs is None else personal.cleaned(str(request.inputs)),
        timeout=request.timeout,
    )
