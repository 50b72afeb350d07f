"""A recording summed up, schema ``samestack/recorded/1``: for programs as it is, and for people in lines."""

from collections.abc import Iterator
from statistics import median
from typing import Final, Literal

from msgspec import Struct

from samestack.behaviour.recording.noise import Noise, noise
from samestack.behaviour.recording.recording import (
    Outcome,
    Picture,
    Program,
    Recording,
    Value,
    is_array,
)
from samestack.model import Layer

RECORDED_SCHEMA: Final = "samestack/recorded/1"
"""The schema that is written."""


class FieldSummary(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One field of the answers."""

    path: str
    what: str
    """The kind of the values, and the shape where all have one: ``float64 3 x 4``."""
    inputs: int
    """In how many answers it stands."""
    absolute: float | None
    """The largest difference between repeats; ``None`` where a number and none stood in one place."""
    relative: float | None
    unequal: float
    """The share of the inputs in which it was not the same every time."""


class FailureSummary(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One execution that failed."""

    repeat: int
    """From 1."""
    input: str
    """Empty for a program that is run once for all."""
    outcome: Outcome


class Times(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Seconds of the executions that went well."""

    least: float
    median: float
    most: float


class RecordedDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was recorded."""

    schema: Literal["samestack/recorded/1"]
    file: str
    digest: str
    """Of the recording."""
    program: Program
    environment: str
    stack_digest: str
    python: str
    """The release; empty where it is not known, or there are several."""
    packages: int
    inputs: int
    repeats: int
    seconds: Times | None
    """``None`` where everything failed."""
    peak_memory: int
    """The most resident memory of one process, in bytes."""
    fields: tuple[FieldSummary, ...]
    failures: tuple[FailureSummary, ...]


def summary_of(recording: Recording, file: str, digest: str) -> RecordedDocument:
    """The summary of a recording that stands in ``file``."""
    stack = recording.snapshot.stack
    pythons = {one.version for one in stack.layer(Layer.PYTHON) if one.version}
    return RecordedDocument(
        schema=RECORDED_SCHEMA,
        file=file,
        digest=digest,
        program=recording.program,
        environment=recording.environment,
        stack_digest=stack.digest,
        python=pythons.pop() if len(pythons) == 1 else "",
        packages=len(stack.layer(Layer.PACKAGES)),
        inputs=len(recording.inputs),
        repeats=len(recording.runs),
        seconds=_times(recording),
        peak_memory=max((run.peak_memory for run in recording.runs), default=0),
        fields=tuple(_fields(recording)),
        failures=tuple(
            FailureSummary(repeat=number + 1, input=name, outcome=outcome)
            for number, name, outcome in recording.failures
        ),
    )


def _times(recording: Recording) -> Times | None:
    failed = {(number, name) for number, name, _ in recording.failures}
    seconds = [
        one
        for number, run in enumerate(recording.runs)
        for name, one in run.seconds.items()
        if (number, name) not in failed
    ]
    return Times(least=min(seconds), median=median(seconds), most=max(seconds)) if seconds else None


def _fields(recording: Recording) -> Iterator[FieldSummary]:
    seen: dict[str, list[str]] = {}
    for answer in recording.runs[0].outputs.values() if recording.runs else ():
        for path, value in answer.items():
            seen.setdefault(path, []).append(_what(value))
    floors = noise(recording)
    for path, kinds in seen.items():
        floor = floors.get(path, Noise())
        yield FieldSummary(
            path=path,
            what=_joined(kinds),
            inputs=len(kinds),
            absolute=_finite(floor.absolute),
            relative=_finite(floor.relative),
            unequal=floor.unequal,
        )


def _what(value: Value) -> str:
    if isinstance(value, Picture):
        height, width = value.pixels.shape[:2]
        return f"picture {width} x {height}"
    if is_array(value):
        word = "text" if value.dtype.kind == "U" else str(value.dtype)
        return f"{word} {' x '.join(map(str, value.shape))}".rstrip()
    words = {bool: "truth", int: "integer", float: "number", str: "text", type(None): "nothing"}
    return words[type(value)]


def _joined(kinds: list[str]) -> str:
    """The one kind; of several shapes the word that they share."""
    if len(set(kinds)) == 1:
        return kinds[0]
    words = dict.fromkeys(kind.partition(" ")[0] for kind in kinds)
    return f"{' or '.join(words)}, of several shapes" if len(words) == 1 else " or ".join(words)


def _finite(number: float) -> float | None:
    return number if number != float("inf") else None
